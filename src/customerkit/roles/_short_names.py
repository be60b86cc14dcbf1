"""List what people are called for short in many languages, and how old papers contract names.

Written by hand: only short forms that everybody who speaks the language knows, and that
seldom stand in papers as a name of their own.
"""

from __future__ import annotations

SHORT_NAMES = {
    "English in old papers": """
charles: chas, james: jas, joseph: jos, william: wm willm, george: geo, thomas: thos,
john: jno jn, samuel: saml, daniel: danl, benjamin: benj benjn, robert: robt, richard: richd,
edward: edwd edw, frederick: fredk, henry: hy, alfred: alfd, elizabeth: eliz elizth elizh,
margaret: margt margrt, michael: michl, alexander: alexr, andrew: andw, archibald: archd,
patrick: patk, nathaniel: nathl, christopher: chrisr xtopher, abraham: abm, ann: annie nancy,
ellen: nell nellie, martha: patty, catherine: cathe cath kitty, walter: walt wat,
matthew: mattw, bartholomew: barthw, sarah: sar sarh, timothy: timy, jeremiah: jerh,
josiah: josh, susannah: susan susanh, hannah: hanh, stephen: stepn, philip: phil
""",
    "English": """
alexander: lex zander, alexandra: lexi, angela: ange, antonia: toni, barbara: barb, caroline: caro,
charles: chip, charlotte: charlie, christina: christie, christopher: kit, david: davy, desmond: des,
douglas: dougie, eleanor: nell, elizabeth: lily elle, florence: flossie, gabrielle: gaby,
george: georgie, gerard: gerry ger, gillian: gill jill, harriet: harry, helen: nell nellie,
isabella: isa, james: jem jimbo, jane: janie jenny, jeremy: jerry jem, joan: joanie,
jonathan: johnny, katherine: kath kat kitty, kathleen: kath kate, kimberly: kimmy,
laura: laurie lori, lawrence: laurie, lillian: lily lilly, madeleine: maddie maddy, margaret: mags,
matilda: tilda, maureen: mo, melanie: mel, mildred: millie, mohammed: mo mohd md, natalie: nat,
nicola: nicky nic nikki, nicole: nic, oliver: olly, olivia: liv livvy, pamela: pammy, paul: paulie,
rachel: rach, rebecca: bec becs, richard: rickie, robert: bert robbie, roger: rodge,
rosemary: rosie, samantha: sammie, samuel: sami, shannon: shan, stanley: stan,
stephen: stevie ste, steven: ste, susan: suzy, suzanne: suzy, sylvia: syl, vanessa: ness,
veronica: roni, wendy: wend, wilfred: wilf, william: liam
""",
    "Spanish": """
francisco: paco pancho kiko curro, jose: pepe, ignacio: nacho, guadalupe: lupe, dolores: lola,
concepcion: concha, rafael: rafa, manuel: manolo manu, enrique: quique, eduardo: edu lalo,
fernando: nando fer, alberto: beto, roberto: beto, guillermo: memo guille, isabel: isa chabela,
mercedes: merche, pilar: pili, rosario: charo, teresa: tere, consuelo: chelo, santiago: santi,
javier: javi, alejandro: ale alex jandro, luis: lucho, vicente: chente, montserrat: montse,
gabriel: gabi, gabriela: gabi gaby, antonio: tono toni, beatriz: bea bety, cristina: cris,
jesus: chus chuy, patricia: paty patri, sergio: checo, elizabeth: eli ely, guadalupe: lupita,
graciela: chela, leticia: lety leti, veronica: vero, susana: susy susi, carolina: caro,
alejandra: ale, fernanda: fer, daniel: dani, daniela: dani, miguel: migue, magdalena: malena,
yolanda: yoli, rosa: rosy rosita, rosario: chayo, alicia: licha, mercedes: meche,
sebastian: sebas, josefina: pepa chepina, salvador: chava, gilberto: beto, norberto: beto,
ricardo: richi ricky, ernesto: neto, margarita: mago, ramon: moncho, gustavo: tavo,
gerardo: gera, raul: rulo, monica: moni, lorena: lore, federico: fede, nicolas: nico,
maria: mari ma, valeria: vale, valentina: vale, claudia: clau, lucia: lucy, victoria: vicky,
refugio: cuca cuquita, socorro: coco, soledad: sole, asuncion: chon
""",
    "Italian": """
giuseppe: beppe peppe pino, giovanni: gianni nino, francesco: franco ciccio, luigi: gigi gino,
alessandro: sandro ale, antonio: tonio toni nino, domenico: mimmo, salvatore: toto turi,
vincenzo: enzo, lorenzo: renzo, giuseppina: pina giusy, elisabetta: betta elisa, caterina: rina,
raffaele: lello, leonardo: leo, francesca: franca, federico: fede, federica: fede,
alessandra: ale sandra, salvatore: totò, antonio: tonino, giovanna: vanna, simona: simo
""",
    "Portuguese": """
jose: ze, francisco: chico, antonio: toninho tonico, manuel: manel, eduardo: edu dudu,
fernanda: nanda, gabriela: gabi, isabel: bel, beatriz: bia, guilherme: gui, rodrigo: digo,
leonardo: leo, rafael: rafa, mariana: mari, aparecida: cida, patricia: paty, joao: joca
""",
    "French": """
nicolas: nico, alexandre: alex, christophe: chris tof, frederic: fred, sebastien: seb,
stephane: steph, stephanie: steph, guillaume: gui, philippe: phil, elisabeth: babeth,
catherine: cathy katy, emmanuel: manu, emmanuelle: manu, dominique: domi, maxime: max,
josephine: josie, madeleine: mado, marguerite: margot, benoit: ben, valerie: val
""",
    "German": """
johannes: hans johann jo hannes, friedrich: fritz fred, wolfgang: wolf, maximilian: max,
sebastian: basti, heinrich: heinz heiner, josef: sepp jupp, georg: schorsch, ulrich: uli ulli,
katharina: kathi kati, elisabeth: lisa elli sissi lisbeth, johanna: hanna, magdalena: lena leni,
matthias: matze, andreas: andi, margarete: grete gretel, charlotte: lotte lotti, ursula: uschi,
susanne: susi sanne, christina: tina christl, franziska: franzi, barbara: barbel, theresia: resi,
michael: michi, manfred: manni, siegfried: sigi, wilhelm: willi, eduard: edi, rudolf: rudi,
dorothea: thea doro, angelika: geli, gabriele: gabi, brigitte: gitti gitte,
stefan: steff, michael: micha, johann: hansi
""",
    "Dutch": """
johannes: jan hans johan joop, willem: wim pim, cornelis: kees cor, hendrik: henk, pieter: piet,
jacobus: koos jaap, jacob: jaap, nicolaas: klaas nico, petrus: piet, antonius: ton toon,
adrianus: adrie ad, theodorus: theo, maria: ria mieke, johanna: jo joke, elisabeth: els liesbeth,
catharina: trijn toos, wilhelmina: mien mina willy, margaretha: greet griet, cornelia: corrie nel,
gerardus: gerard ger, johan: jan, wilhelmus: wim, hendrika: riek, gerritje: gerda
""",
    "Nordic": """
karl: kalle, carl: kalle, lars: lasse, nils: nisse, per: pelle, johannes: hannes, bertil: berra,
margareta: greta maggan, birgitta: gitta, elisabet: lisa lisbet, katarina: kajsa katta,
johanna: hanna, kristina: stina, fredrik: fredde, henrik: henke, niklas: nicke, robert: robban,
thomas: tompa, stefan: steffe, mattias: matte
""",
    "Polish": """
katarzyna: kasia, małgorzata: gosia małgosia, agnieszka: aga, aleksandra: ola, aleksander: olek,
krzysztof: krzysiek krzyś, tomasz: tomek, stanisław: staszek staś, joanna: asia, jan: janek jaś,
anna: ania, maria: marysia, barbara: basia, elżbieta: ela, jadwiga: jadzia, zofia: zosia,
magdalena: magda, piotr: piotrek, andrzej: jędrek, jerzy: jurek, józef: józek, wojciech: wojtek,
grzegorz: grzesiek, tadeusz: tadek, zbigniew: zbyszek, jakub: kuba, franciszek: franek,
antoni: antek, henryk: heniek, ryszard: rysiek, mieczysław: mietek, kazimierz: kazik,
edward: edek, władysław: władek, paweł: pawełek, michał: misiek, maciej: maciek, ewa: ewka,
marek: mareczek, dorota: dorotka, teresa: tereska, ewelina: ewelinka
""",
    "Czech": """
jiří: jirka, josef: pepa pepík, františek: franta, jan: honza jenda, václav: vašek,
jaroslav: jarda, miroslav: mirek, zdeněk: zdenda, tomáš: tom, jakub: kuba, kateřina: katka,
hana: hanka, alžběta: bětka, ludmila: lída, vladimír: vláďa, stanislav: standa, ladislav: láďa
""",
    "Hungarian": """
lászló: laci, istván: pista isti, józsef: jóska, jános: jani jancsi, ferenc: feri, sándor: sanyi,
györgy: gyuri, erzsébet: erzsi bözsi, katalin: kati, ilona: ica ilus, zsuzsanna: zsuzsa,
mihály: misi, gábor: gabi, tamás: tomi
""",
    "Turkish": "mehmet: memo, mustafa: musti, süleyman: sülo, ibrahim: ibo, fatma: fatoş",
    "Russian": """
александр: саша шура, александра: саша шура, мария: маша, екатерина: катя, анна: аня,
дмитрий: дима митя, иван: ваня, сергей: серёжа, андрей: андрюша, наталья: наташа,
наталия: наташа, татьяна: таня,
елена: лена, владимир: вова володя, михаил: миша, алексей: лёша алёша, юлия: юля, ольга: оля,
ирина: ира, светлана: света, людмила: люда, галина: галя, надежда: надя, любовь: люба,
константин: костя, николай: коля, павел: паша, пётр: петя, евгений: женя, евгения: женя,
виктор: витя, виктория: вика, анастасия: настя, ксения: ксюша, дарья: даша, софия: соня,
елизавета: лиза, григорий: гриша, борис: боря, василий: вася, юрий: юра, валентина: валя,
антонина: тоня, георгий: гоша жора, степан: стёпа, фёдор: федя, яков: яша, леонид: лёня,
вячеслав: слава, станислав: стас, роман: рома, даниил: даня
""",
    "Russian in Latin letters": """
aleksandr: sasha shura, aleksandra: sasha shura, alexandr: sasha, mariya: masha, maria: masha,
ekaterina: katya, dmitriy: dima mitya, dmitry: dima mitya, dmitri: dima mitya, ivan: vanya,
sergey: seryozha, sergei: seryozha, natalya: natasha, nataliya: natasha, natalia: natasha,
tatyana: tanya, tatiana: tanya, elena: lena, vladimir: vova volodya, mikhail: misha,
aleksey: lyosha alyosha, alexey: lyosha alyosha, yuliya: yulya, olga: olya, nikolay: kolya,
nikolai: kolya, pavel: pasha, evgeny: zhenya, evgeniy: zhenya, viktor: vitya, viktoriya: vika,
anastasia: nastya, anastasiya: nastya, daria: dasha, darya: dasha, konstantin: kostya,
grigory: grisha, boris: borya, yuri: yura, yuriy: yura
""",
    "Ukrainian": """
олександр: сашко саша, олександра: саша, катерина: катя, дмитро: діма, володимир: вова володя,
михайло: мишко, микола: коля, павло: паша, тетяна: таня, наталія: наташа, юлія: юля,
ірина: іра, олена: лена, іван: ваня, ганна: аня, марія: марійка маша, василь: вася,
григорій: гриша, євген: женя, анастасія: настя, вікторія: віка
""",
    "Greek": """
γεώργιος: γιώργος, κωνσταντίνος: κώστας ντίνος, ιωάννης: γιάννης, δημήτριος: δημήτρης μήτσος,
αικατερίνη: κατερίνα, νικόλαος: νίκος, παναγιώτης: πάνος τάκης, βασίλειος: βασίλης,
αθανάσιος: θανάσης, χαράλαμπος: μπάμπης, αλέξανδρος: αλέκος, ευάγγελος: βαγγέλης,
σπυρίδων: σπύρος, μιχαήλ: μιχάλης, εμμανουήλ: μανώλης, γεωργία: γωγώ, αναστάσιος: τάσος,
θεόδωρος: θοδωρής, ευστάθιος: στάθης, κωνσταντίνος: κωστής, αναστασία: νατάσα τασία σία,
ελένη: λένα, ευφροσύνη: φρόσω, κυριακή: κική, καλλιόπη: πόπη, δέσποινα: ντέπυ, παρασκευή: βούλα
βιβή, σταυρούλα: ρούλα, γεράσιμος: μάκης, σωτήριος: σωτήρης σάκης, αντώνιος: αντώνης,
στυλιανός: στέλιος, ευαγγελία: εύα βαγγελιώ, μαρία: μαίρη μαριώ, βασιλική: βίκυ βάσω
""",
    "Greek in Latin letters": """
georgios: giorgos yiorgos, konstantinos: kostas ntinos dinos kostis, ioannis: giannis yannis,
dimitrios: dimitris mitsos, aikaterini: katerina, nikolaos: nikos, panagiotis: panos takis,
vasileios: vasilis, athanasios: thanasis, charalampos: mpampis babis, alexandros: alekos alex,
evangelos: vangelis, spyridon: spyros, michail: michalis, emmanouil: manolis, anastasios: tasos,
theodoros: thodoris, efstathios: stathis, sotirios: sotiris, antonios: antonis,
anastasia: natasa tasia, eleni: lena, effrosyni: froso, stylianos: stelios, kyriaki: kiki
""",
}
"""Language → names and what they are called for short, as they are written."""
