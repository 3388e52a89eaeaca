#include "publish/gate_parts.h"

#include <string.h>
#include <talloc.h>
#include "base/text.h"

/* Short and other forms of given names that families use and registers forget: the full name first. None here is an ordinary word: "Will", "Bill" or "Rob" would
 * be asked about in every sentence; where one is written as a name, the residue shows it. */
static const struct { const char *full, *others; } names[] = {
	{ "abigail", "abby abi abbie" }, { "alexander", "alex alec sasha" }, { "alexandra", "alex lexi lexie sasha" }, { "alfred", "alfie" },
	{ "amelia", "millie milly" }, { "andrew", "andy" }, { "anthony", "tony" }, { "archibald", "archie" }, { "barbara", "babs" }, { "benjamin", "ben benny" },
	{ "bernard", "bernie" }, { "bridget", "bridie" }, { "caroline", "carrie" }, { "catherine", "cath cathy kate katie kitty" },
	{ "charles", "charlie chas" }, { "charlotte", "charlie lottie" }, { "christina", "chris chrissie tina" }, { "christine", "chris chrissie" },
	{ "christopher", "chris topher" }, { "cynthia", "cindy" }, { "daniel", "danny" }, { "danielle", "dani" }, { "david", "dave davey" }, { "deborah", "deb debbie debs" },
	{ "dominic", "dom nic" }, { "dorothy", "dolly dottie" }, { "edward", "eddie ted teddy ned" }, { "edmund", "eddie" }, { "eleanor", "ellie nell nellie" },
	{ "elizabeth", "liz lizzie lizzy beth betty betsy eliza libby" }, { "emily", "emmie" }, { "evelyn", "evie" }, { "florence", "flo florrie flossie" },
	{ "frances", "fran frankie" }, { "francis", "frankie" }, { "frederick", "fred freddie freddy" }, { "gabriel", "gabe" }, { "gabriella", "gabby" },
	{ "geoffrey", "geoff" }, { "georgina", "georgie" }, { "gerald", "gerry" }, { "gerard", "gerry" }, { "gregory", "greg" }, { "gwendolyn", "gwen gwennie" },
	{ "harold", "harry hal" }, { "harriet", "hattie" }, { "helen", "nell nellie" }, { "henrietta", "hetty etta" }, { "henry", "hal hank" },
	{ "isabel", "izzy bel issy" }, { "isabella", "izzy bella issy" }, { "isobel", "izzy issy" }, { "jacob", "jake" }, { "jacqueline", "jackie jacqui" },
	{ "james", "jamie jim jimmy jem" }, { "jane", "janie" }, { "janet", "jan" }, { "jennifer", "jen jenny jenni" }, { "jeremy", "jez jem" },
	{ "jessica", "jess jessie" }, { "joanna", "jo joanne" }, { "joanne", "jo" }, { "john", "johnny jonny" }, { "jonathan", "jon jonny" },
	{ "joseph", "joe joey" }, { "josephine", "josie" }, { "joshua", "joshie" }, { "judith", "judy jude" }, { "julia", "jules" }, { "julian", "jules" },
	{ "katherine", "kate katie kath kathy kat kitty" }, { "kathleen", "kath kathy" }, { "kathryn", "kate katie kath" }, { "kenneth", "kenny" }, { "kimberley", "kim" },
	{ "laurence", "larry laurie" }, { "lawrence", "larry lawrie" }, { "leonard", "len lenny" }, { "louis", "lou louie" }, { "louise", "lou" }, { "lucinda", "cindy lucy" },
	{ "madeleine", "maddie maddy" }, { "margaret", "maggie madge peggy meg marge margie greta" }, { "martha", "mattie" }, { "mary", "molly polly mamie" },
	{ "matilda", "tilly mattie" }, { "matthew", "matty" }, { "maximilian", "maxie" }, { "michael", "mick mickey micky mikey" }, { "michelle", "chelle" },
	{ "mohammed", "muhammad mohamed mohammad muhammed" }, { "muhammad", "mohamed mohammad muhammed" }, { "natalie", "nat nattie" },
	{ "natasha", "tasha" }, { "nathan", "nate" }, { "nathaniel", "nate nat" }, { "nicholas", "nicky nico" }, { "nicola", "nicky nikki" }, { "oliver", "ollie olly" },
	{ "olivia", "liv livvy" }, { "pamela", "pam" }, { "patricia", "patsy trish tricia" }, { "patrick", "paddy" }, { "penelope", "nell" }, { "peter", "pete" },
	{ "philip", "phil pip" }, { "phillip", "phil pip" }, { "philippa", "pippa pip" }, { "priscilla", "cilla" }, { "rachel", "rach" },
	{ "rebecca", "becky becca becks" }, { "reginald", "reggie reg" }, { "richard", "richie ricky rick dickie" }, { "robert", "bobby robbie bert" }, { "ronald", "ronnie ron" },
	{ "rosemary", "rosie" }, { "samantha", "sam sammy" }, { "samuel", "sam sammy" }, { "sarah", "sally sadie" }, { "sebastian", "seb bas" },
	{ "simon", "si" }, { "sophia", "sophie" }, { "stephanie", "steph" }, { "stephen", "steve stevie" }, { "steven", "steve stevie" }, { "stuart", "stu" },
	{ "susan", "susie suzie" }, { "suzanne", "suzie" }, { "theodore", "theo teddy" }, { "theresa", "tess tessa" }, { "thomas", "tom tommy" },
	{ "timothy", "timmy tim" }, { "valerie", "val" }, { "veronica", "ronnie" }, { "victor", "vic" }, { "victoria", "vicky vicki tori" }, { "vincent", "vince vinny" },
	{ "virginia", "ginny" }, { "walter", "wally walt" }, { "wilfred", "wilf" }, { "william", "billy willy liam" }, { "winifred", "winnie" },
	{ "zachary", "zach zac zak" },
};

static void add_each(struct patterns *p, int entry, const char *list)
{
	char *word;

	while ((word = text_next_word(p, &list)))
		gate_add_phrase(p, entry, "short name", word);
}

void gate_short_names(struct patterns *p, int entry, const char *given)
{
	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		if (!strcmp(names[i].full, given))
			add_each(p, entry, names[i].others);
		else if (text_in_list(names[i].others, given))
			gate_add_phrase(p, entry, "full name", names[i].full);
}
