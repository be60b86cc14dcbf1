"""List the nicknames of common given names.

The English ones are derived from ``names.csv`` of the nicknames project
(carltonnorthern/nicknames), Apache-2.0: rows of the commonest given names only; left out
are pairs that are more often two people (Andrea and Andrew, Emily and Emma) and historical
forms. A few pairs (Katherine and Katie, Isabella and Izzy) were added by hand.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache

from customerkit.roles._short_names import SHORT_NAMES
from customerkit.roles.fold import loose

_TABLE = """
abigail: abbe abbey abbi abbie abby gail nabby
abraham: abe
adelaide: addy adie dell della
agnes: aggy
albert: al bert
alexander: al alec alex sandy xander
alexandra: alex sandy
alexandria: alex
alexis: alex lexi
alfred: al fred freddy
alfreda: alfy freda freddy frieda
alice: allie
alicia: allie
alison: ali allie
allison: ali ally
allyson: ali allie ally
alyssa: ally
amanda: manda mandy
amelia: millie
anastasia: ana stacy
andrea: andi andy drea
andrew: andy drew
angela: angie
angelica: angel angie
angelina: angel angie
anna: ann anne annie nan
anne: ann annie nan
annette: nettie
anthony: ant tony
antonia: tony
antonio: ant tony
archibald: archie
arlene: arly
arnold: arnie
arthur: art
augusta: aggy gatsy gussie
augustus: august gus
barbara: bab babs barbie barby bobbie
bartholomew: bart bat
beatrice: bea trix trixie
benedict: ben bennie
benjamin: ben benjy bennie benny jamie benji
bernard: barney berney bernie berny
bertha: bert bertie
beverly: bev
bradley: brad
brianna: bri
bridget: biddie biddy bridgie bridie
brittany: britt brittnie
brittney: britt brittnie
calvin: cal vin vinny
cameron: cam
candace: candy
caroline: carrie
carolyn: carrie
cassandra: cassie sandy
catherine: cathy kathy katy kay kittie cat katie kate
cathleen: cathy kathy katy kay kittie
cecilia: celia
charles: carl charlie chick chuck
charlotte: char lotta lottie
chester: chet
christian: chris
christina: chris chrissy christy crissy tina
christine: chris chrissy christy crissy tina
christopher: chris topher
clifford: cliff ford
clifton: cliff
constance: connie
cornelius: conny corny
crystal: crys
curtis: curt
cynthia: cindy
daniel: dan dann danny
danielle: dani
david: dave davey day
deborah: deb debbie debby debs
debra: deb debbie
dennis: dennie denny
derek: derrek rick ricky
derrick: rick ricky
diana: di didi
diane: di didi
dominic: dom
dominick: dom nick nicky
donald: don donnie donny dony
donovan: don donnie donny dony
dorothy: dolly dora dortha dot dottie dotty
douglas: doug
duncan: dunk
edgar: ed eddie eddy
edith: edie edye
edmund: ed eddie eddy ned ted
edward: ed eddie eddy ned ted teddy
edwin: ed eddie eddy win
eleanor: ellie nelly nora
elijah: eli
elizabeth: bess bessie beth betsy betty eliza lib libby liz liza lizzie lizzy ellie
emanuel: manny
emily: em emmy millie
emma: em emmy
ernest: ernie
esther: essie
eugene: gene
evelyn: ev
ezekiel: ez zeke
felicia: fel feli
ferdinand: ferdie fred freddie freddy
florence: flo flora flossy
frances: fanny fran francie frankie frannie franniey franny
francine: fran francie frannie franniey franny
francis: fran frank frankie
franklin: fran frank
frederick: fred freddie freddy fritz
gabriel: gabby gabe
gabriella: gabby
gabrielle: gabby
garrett: garratt garret
geoffrey: geoff jeff
gerald: gerry jerry
geraldine: gerri gerrie
gertrude: gert gertie trudy
gilbert: bert gil wilber
gregory: gory greg
gustavus: gus gussie
gwendolyn: gwen
harold: hal harry
harriet: hattie
harrison: harry
henrietta: etty nettie retta
henry: hal hank harry
herbert: bert herb
howard: hal howie
hubert: bert hub
irving: irv
isaac: ike zeke
isabel: bell bella belle ib issy nib nibby tibbie izzy
isabella: bella belle ib issy nib nibby tibbie izzy
isabelle: bella belle ib issy nib nibby tibbie izzy
jackson: jack
jacob: jake jay
jacqueline: jackie jacqui
james: jamie jim jimmie jimmy
janet: jan
jeffery: jeff
jeffrey: geoff jeff
jennifer: jen jenn jenni jennie jenny
jeremiah: jerry
jeremy: jez jezza
jessica: jess jessie
jillian: jill
joanna: jo jodi jody
joanne: jo
john: jack jock johnny jon jonnie jonny
johnathan: johny jon jonnie jonny
jonathan: jon jonny
joseph: joe joey jos
josephine: fina jo joey josey josie
joshua: joe jos josh
judith: juda jude judi judie judy
julia: jules
julian: jules
kaitlin: kait kaitie
kaitlyn: kait kaitie
katelyn: kate
katherine: cathy kate kathy katy kay kaye kittie katie
kathleen: cathy kathy katy kay kittie katie
kathryn: kate kathy katie
kendall: kenny
kenneth: ken kenny
kevin: kev
kimberly: kim
kristen: chris
kristin: chris
kristine: chris christy crissy kris kristy tina
kristopher: chris kris
lauren: laurie ren
laurence: larry
lawrence: larry lawrie
leonard: len lenny leo leon
leslie: les
lester: les
lillian: lil
linda: lindy
loretta: etta lorie lorrie retta
lorraine: lorie lorrie
louis: lou louie
louise: lou
lucas: luke
lucille: cille lou lu lucy
lucinda: cindy lou lu lucy
mackenzie: kenzy
madeline: maddi maddie maddy madge madie magda maggie
madelyn: maddy madie
magdalena: maggie
malcolm: mac mal malc
manuel: manny
marcus: marc
margaret: gretta madge maggie maggy marge margery margie margy meg midge peg peggy rita greta
marjorie: margie margy
martha: marty mat mattie
martin: marty
marvin: marv
mary: mae mamie molly polly
matilda: matty maud tilla tilly
matthew: matt matty mat
maurice: morey
maxwell: max
megan: meg
melanie: mellie
melinda: lindy mindy
melissa: lissa mel milly missy
melvin: mel
michael: mick mickey micky mike mikey
michelle: chelle shelley shellie shelly shely
mildred: milly
miranda: mira randi randy
mitchell: mitch
montgomery: monty
nancy: nan nanny
natalie: natty
natasha: tasha
nathan: nat nate
nathaniel: nat nate natty than
nicholas: nic nick nickie nicky nico nik
nicolas: nic nick nickie nicky nico
nicole: cole nicki nicky nikki
norman: norm
oliver: ollie
olivia: livia nollie ollie
oswald: ossy ozzy
pamela: pam
patricia: pat patsy patti patty tricia trish trisha
patrick: paddy pat
penelope: penny
peter: pete
philip: phil pip
phillip: phil pip
priscilla: cilla prissy
prudence: prudy prue
rachel: shelly
randall: randy
randolph: randy
raymond: ray
rebecca: becca beck becky reba
regina: gina
reginald: reg reggie renny
reuben: rube
ricardo: rick ricky
richard: dick dickie dicky rich richie rick ricky
robert: bob bobby rob robby
roberta: bert bertie bobbie robbie
roderick: rickie rod roddy
rodney: rod
ronald: ron ronnie ronny
rosemary: rosey
roxanne: rose roxie
rudolph: rudy
russell: russ rusty
sabrina: brina
samantha: mantha sam sammy
samson: sam sammy
samuel: sam sammy
sandra: sandy
sarah: sadie sally
sebastian: seb
sharon: shay
shirley: shirl
sidney: sid syd
simon: si
solomon: sal sol solly zolly
stephanie: steffi steffie steph stephie stevie
stephen: steph steve
steven: steph steve stevie
stuart: stu
susan: sue susie suzie
susannah: sue susie
suzanne: sue susie
sylvester: si sly syl vessie vester vet
tabitha: tabby
terence: terry
teresa: terry tess tessa tessie
thaddeus: thad
theodora: dora
theodore: ted teddy theo
theresa: terry tess tessa tessie
thomas: thom tom tommy
tiffany: tiff
timothy: tim timmy
tobias: bias toby
valerie: val
vanessa: essa nessa
veronica: ronnie
victor: vic
victoria: tori torie torri torrie tory vic vicki vickie vicky
vincent: vin vince vinnie vinny
virginia: ginger ginny
vivian: vi viv
wallace: wally
walter: wally walt
wesley: wes
wilfred: fred wil willie
william: bill billy wil will willie willy
winifred: freddie winnet winnie
woodrow: wood woody
zachariah: zac zach zachy zack zak zakk
zachary: zac zach zachy zack zak zakk
zachery: zac zach zachy zack zak zakk
"""


@cache
def nickname_pairs() -> frozenset[tuple[str, str]]:
    """Return every (name, nickname), folded.

    Returns:
        The pairs in one direction.

    Example:
        >>> ("robert", "bob") in nickname_pairs(), ("jose", "pepe") in nickname_pairs()
        (True, True)
    """
    found = list(_pairs(_TABLE.strip().splitlines()))
    for table in SHORT_NAMES.values():
        found += [(loose(name), loose(nick)) for name, nick in _pairs(table.split(","))]
    return frozenset(pair for pair in found if pair[0] != pair[1])


@cache
def given_names() -> frozenset[str]:
    """Return the given names that are known, nicknames among them, folded."""
    return frozenset(name for pair in nickname_pairs() for name in pair)


def _pairs(rows: Iterable[str]) -> Iterator[tuple[str, str]]:
    for row in rows:
        name, _, nicks = row.strip().partition(": ")
        yield from ((name, nick) for nick in nicks.split())
