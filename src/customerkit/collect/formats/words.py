"""Words of the Latin languages with the letters beyond ASCII that they use.

Typical names, places and headers, written down for this purpose. They show which of
these letters are frequent, and which letters stand next to them: ``ã`` goes before
``o``, ``ă`` hardly ever does. A longer list would say the same a little better.
"""

from __future__ import annotations

WESTERN = {
    "German": """müller schröder krüger schäfer jäger könig köhler böhm günther jürgen björn
        sören käthe bärbel jörg günter größe straße großer weiß strauß heiß preuß gruß voß
        maßstab fuß münchen köln nürnberg düsseldorf würzburg lübeck göttingen österreich zürich
        saarbrücken für über männlich geschäft kündigung änderung änne übung öffnung übergabe
        geändert grün bäcker träger häuser körner dörfer löschen höhe höhn vögel hübner süd büro
        brücke mühle gemäß schließ außen größ abschluß ärztin dänisch wäsche röntgen prämie
        währung gebühr""",
    "French": """andré rené rémy rémi jérôme frédéric éric émile amélie hélène thérèse geneviève
        françois françoise benoît anaïs noël gaël joël loïc zoé chloé léa théo mélanie stéphane
        stéphanie sébastien grégoire désirée désiré aimé honoré josé lefèvre bénard côté hervé
        béatrice véronique cécile céline valérie élodie élise édouard étienne régis prénom
        téléphone société adresse numéro privé événement crée créé é à où là voilà déjà château
        forêt île hôtel hôpital chêne evêque naïve maïs rhône saône besançon orléans nîmes
        béziers allée résidence général maréchal liberté république église école évêché mère père
        frère première dernière fidélité qualité civilité clé reçu façade garçon leçon français
        août boîte maître bâtiment théâtre gâteau sœur cœur œuvre bœuf aîné haïti raphaël michaël
        dû sûreté flûte évreux sète isère lozère ardèche rivière barrière carrière bruyère""",
    "Spanish": """garcía martínez rodríguez hernández lópez gonzález pérez sánchez ramírez gómez
        díaz vázquez álvarez jiménez gutiérrez domínguez muñoz núñez peña ibáñez ordóñez
        castañeda maría josé jesús ángel ángela andrés martín sebastián adrián fabián julián
        rubén iván mónica verónica sofía lucía rocío inés belén asunción concepción encarnación
        ramón simón león méxico bogotá perú panamá málaga córdoba cádiz ávila cáceres mérida
        almería jaén dirección teléfono número código país población descripción razón año niño
        señor señora español compañía teléfonos móvil crédito débito último artículo línea página
        así más también según aquí está días través agüero güemes argüelles antigüedad única
        úrsula óscar""",
    "Portuguese": """irmã manhã maçã amanhã alemã cristã canaã butantã tupã joão sebastião josé
        antónio antônio gonçalves conceição assunção lourenço magalhães guimarães simões leões
        falcão brandão são paulão estêvão simão galvão leitão serrão aragão cristóvão adão irmão
        fundação associação informação observação situação inscrição descrição endereço preço
        praça graça mendonça alcântara ângela ângelo cândida mônica verônica antônia araújo luís
        luísa inês andré amélia patrícia fátima márcia sônia cláudia cláudio flávia flávio fábio
        júlio júlia lúcia célia vinícius rogério sérgio mário maranhão paraná goiás ceará
        brasília goiânia florianópolis niterói macapá amapá piauí avenida número código país
        telefônico não então três mês você até já também período olá última área está município
        razão cartão edifício prédio térreo sá açores gouvêa corrêa moçambique força terça março
        cabeça eleições milhões opções razões""",
    "Italian": """nicolò niccolò mosè noè cantù forlì città società università qualità attività
        località libertà unità età metà già più può così perché poiché sarà è né sì lì là giù
        virtù tribù gesù lunedì martedì mercoledì venerdì caffè però cioè finché comò falò calò
        defilè salò cefalù mondovì nardò canicattì santhià patanè alù scirè tiscalì validità
        proprietà nazionalità quantità disponibilità novità comunità identità carità""",
    "Swedish": """åsa åke mårten pär märta björn sjöberg sjöström lindström nyström bergström
        holmström öberg åberg åkesson åström öhman håkan håkansson mattsön göran jörgen sören
        söderberg söderström nordström engström malmö göteborg örebro västerås linköping
        norrköping jönköping umeå luleå gävle borås skövde växjö östersund södertälje täby värmdö
        norrtälje björk lövgren löfgren hägg hägglund wåhlberg månsson måns kårlsson födelseår
        förnamn efternämn gatuädress år född kön östra västra södra vägen gränd gård torshälla
        älvsjö mäkinen hämäläinen järvinen niemelä mäki hyvönen jyväskylä seinäjoki hämeenlinna
        väinö päivi äijö häkkinen räikkönen kekkönen mäkelä heikkilä pöyry köykkä lähtö
        sähköposti syntymäaika käyttäjä asiakas idé andrén norén lidén hedén linné""",
    "Danish": """søren jørgen jørn bjørn bjørg rené øystein øyvind håkon håvard åse åge pål ståle
        kåre tåge mørk nørgaard nørgård østergaard østergård sørensen jørgensen bjørnsen kjær
        kjærgaard kjærsgård lærke mælk pætur bærum tromsø malmø bodø ålesund århus ålborg næstved
        køge helsingør svendborg hillerød rønne lillestrøm drøbak hønefoss kragerø østfold sør
        trøndelag møre færøerne fødselsdato fødselsår køn måned år kærlighed løkke løkken bøgh
        gade vænge strædet allé alléen café idé skråt ærø æbeltoft ø å åen sø søndag lørdag
        lillebælt præst smør dør hånd bygård ødegård solbakkå grønland brønshøj hørsholm måløv
        størst mænd kvinde adressenøgle værelse øre ordrebeløb beløb""",
    "Icelandic": """jón sigurður guðrún guðmundur þórður þórunn þorsteinn ragnheiður sigríður
        jónsdóttir sigurðardóttir guðmundsdóttir þórarinsson árnason björnsson jóhannsson kristín
        margrét ingibjörg ólafur ólafía ásta ásgeir ægir æsa reykjavík kópavogur hafnarfjörður
        akureyri ísafjörður egilsstaðir borgarfjörður höfn neskaupstaður sími nafn heimilisfang
        póstnúmer kennitala staður fæðingardagur þjóðerni viðskiptavinur sólveig unnur
        helgadóttir þóra þór ýmir ýr bryndís víðir viðar hörður gunnarsdóttir lúðvík nína
        sæmundur snæbjörn jökull örn egilsdóttir hjördís múli breiðholt garðabær""",
    "Dutch": """daniël michaël raphaël joël noël israël gabriël emanuël chloë zoë aimée renée
        andré josé rené hélène thérèse loïs anaïs eloïse mariëlle danielle daniëlle mariët belgië
        italië coëfficiënt patiënt cliënt geïnd geïnteresseerd officiële financiële creëren zeeën
        industriële provinciën knieën ideeën reünie coöperatie één vóór beëindigd categorieën
        curaçao françois financiëel café crèvecoeur""",
    "Frisian": """fryslân wâlden feanwâlden wâld hûs skûtsje brêge súd súdwest kûbaard lân sân
        jûn bûter rûch gâns tsjûk grêft hêf fûgel dûmny skûle stân wûnseradiel""",
    "Catalan": """núria mònica joaquín àlex àngel sílvia lluís jesús josé martí ramón direcció
        població província telèfon número código col·lecció adreça plaça barça puigcercós lleó
        gràcia mallorquí català güell argüés països veïnat raïmat lluïsa francesc òscar òmnium és
        més també què perquè això institució montjuïc sant julià bàrbara víctor àfrica èlia""",
    "Irish": """seán siobhán róisín sinéad máire pádraig ciarán aoibhín éamon éanna úna órla áine
        bríd caitlín eibhlín gráinne máirtín micheál mícheál séamus tomás ó néill súilleabháin
        gearóid dún laoghaire contae baile átha cliath""",
    "Albanian": """shqipëri durrës vlorë korçë elbasan gjirokastër tiranë prishtinë çelik emër
        mbiemër qytet adresë datëlindje gëzim besëlidhje përparim kryeqytet çesk lezhë shkodër
        rrugë përmet fëmijë gruaja çmim është një për""",
    "Estonian": """jüri tõnu tõnis õnne märt mäe pärn pärnu põlva võru jõgeva jõhvi rõuge kõiv
        kõrv lõhmus mägi sõber tänav linn põik müük nõmme õismäe mustamäe külli ülle ülo ülar
        kärt pärtel jürgenson käär jänes häidbaum töö tööstus kodutütar šarko žanna žukov šmidt
        sünniaeg sünnikuupäev perekonnanimi aadress äriregister võõras õpetaja""",
}
EASTERN = {
    "Polish": """łukasz paweł michał rafał małgorzata władysław stanisław bolesław mirosław
        wójcik kowalczyk wiśniewski wiśniewska dąbrowski dąbrowska zając wróbel wróblewski
        jabłoński pawłowski głowacki michałowska górski górska józef róża bożena żaneta elżbieta
        grażyna katarzyną warszawą świątek święcicki ślusarz kaźmierczak woźniak woźniakowa
        źródło jaźń kamiński zieliński szymański krasiński jasińska stępień kępa wąsik gąsior bąk
        mąka pająk sęk lęborg dębica gdańsk poznań toruń łódź kraków wrocław rzeszów tarnów
        chrzanów częstochowa białystok zamość łomża płock wałbrzych głogów słupsk koło
        świdnicaśląsk źle mężczyzna płeć imię nazwisko miejscowość województwo ulica słowackiego
        kościuszki piłsudskiego księcia żeromskiego powstańców wyzwolenia niepodległości
        zamówienie wartość ilość adres odbiorcą życie zgłoszenie ćwik ćwiertnia wójt córka ósma
        łąka ząbki książę nędza szczęsny męski pięć dziękuję spółka główna lubań koń wieś sieć
        kość gość poręba żółty żółć żak żuk""",
    "Czech": """jiří ondřej tomáš lukáš matěj štěpán šimon václav stanislav věra jiřina markéta
        kateřina alžběta zdeňka zdeněk jaroslav miloš aleš bohumír květa květoslava růžena lenka
        dvořák dvořáková novák nováková svobodová procházka procházková černý černá veselý veselá
        horák němec němcová pokorný pokorná růžička růžičková beneš fiala sedláček doležal
        doležalová zeman kolář kolářová navrátil čermák vaněk vaňková kříž křížová šťastný
        šťastná říha řezníček řehoř žák žižka kučera krejčí tůma hůlka plzeň brno ústí děčín
        české budějovice hradec králové liberec přerov třebíč kroměříž břeclav náměstí ulice
        nádražní příjmení jméno město telefonní číslo psč země pohlaví žena muž věk částka
        objednávka zákazník datum narození úřad háj důl dům kůň půda vůz kůže ďas ťuk loď síť zeď
        labuť býk mlýn výška přítel třída léto první třetí května bezručova komenského ležáků
        míru svatého ječná lípa""",
    "Slovak": """ján jozef štefan ľubomír ľubica ľudmila mária zuzana alžbeta kováč kováčová
        horváth horváthová varga tóth nagyová baláž molnár balážová szabó lukáč hudák polák
        krajčír žiačik šťastný bartoš ďurica ďurčo ťapák košice žilina nitra banská bystrica
        prešov trenčín poprad martin michalovce piešťany námestie ulica meno priezvisko mesto
        číslo dátum narodenia pôvod stôl kôň vôňa môj nôž kľúč kráľ učiteľ priateľ dĺžka stĺp
        vŕba hŕba mäso päť svätý deväť krajina žena""",
    "Hungarian": """lászló józsef jános istván sándor zoltán gábor zsófia péter tamás andrás
        györgy mária ilona erzsébet katalin éva ágnes ágota mátyás bálint kálmán ödön győző gergő
        dezső jenő béla géza károly miklós dániel ádám márk botond csongor nagy kovács tóth szabó
        horváth varga molnár németh balogh farkas papp takács juhász lakatos mészáros oláh simon
        rácz fekete szilágyi török fehér kőrösi erdős erdő vörös zöldi győri hegedűs szűcs fűzesi
        kőműves ősz őri petőfi kossuth széchenyi rákóczi út utca tér köz körút város győr pécs
        székesfehérvár szeged miskolc kecskemét nyíregyháza sopron veszprém eger békéscsaba
        hódmezővásárhely érd dunaújváros gyöngyös vezetéknév keresztnév születési idő cím
        irányítószám telefonszám név nő férfi vevő összeg rendelés számla ügyfél üzlet könyv
        fürdő gyűjtő szűz tűz fű mű őszi őr dió jó rózsa örs ülő üllői nyúl rév""",
    "Romanian": """ştefan ştefănescu ioniţă constanţa bucureşti iaşi braşov timişoara ploieşti
        piteşti galaţi bacău brăila buzău târgu mureş râmnicu vâlcea călăraşi botoşani suceava
        sălaj bârlad bistriţa paşcani oneşti mărăşeşti răducanu bălan bălănescu drăgan drăghici
        lăcătuş căpitan păun pătraşcu mihăilescu mădălina cătălin cătălina bogdănescu ţepeş
        ţurcanu văcaru rădulescu română judeţ oraş stradă adresă localitate naştere vârstă sumă
        preţ comandă client număr prenume până când sfânt împărat încasare înregistrare însă
        între ţară fără după viaţă piaţă şcoala şoseaua calea griviţei unirii pădurii zonă casă
        fată mamă ana aleea florilor băiat văr vânt mână pâine bună împotrivă""",
    "Croatian": """petrović jovanović nikolić marković đorđević stojanović ilić pavlović
        kovačević horvat babić marić jurić novaković knežević vuković šarić božić tomić perić
        filipović matić živković đurić grgić lončar kovač kovačić đuro đurđa željko željka ružica
        božena dražen siniša saša nataša miloš uroš tomislav anđela anđelka slađana snežana
        zagreb čakovec šibenik osijek varaždin požega križevci čazma đakovo niš čačak kruševac
        užice požarevac vršac poreč pazin ljubljana škofja loka žalec črnomelj črnuče jože matjaž
        špela žiga janež čeh krajnc župan golob žagar zupančič kovačič potočnik kočevar ulica trg
        kralja županija poštanski broj država datum rođenja prezime mjesto kuća priimek rojstva
        številka pošta naročilo račun plaćanje kupac muško žensko ćosić ćuk ćirić noć već šest
        četiri žena školska riječ gđa""",
    "German": WESTERN["German"],
}
BALTIC = {
    "Lithuanian": """jonas petraitis jūratė žydrūnas šarūnas živilė rūta eglė birutė dalė danutė
        kęstutis mindaugas žilvinas čepas šimkus šimkutė petrauskaitė kazlauskaitė jankauskienė
        kazlauskienė petrauskienė stankevičius stankevičienė vasiliauskaitė žukauskas žukauskienė
        butkevičius urbonavičius paulauskienė navickienė ramanauskaitė grigaitė vardas pavardė
        miestas gatvė šalis gimimo data telefonas paštas lytis moteris vyras žmogus šiauliai
        panevėžys marijampolė mažeikiai jonava utena kėdainiai telšiai tauragė ukmergė plungė
        visaginas kretinga šilutė radviliškis palanga gedimino vytauto žalgirio ąžuolų laisvės
        įmonė kiekis sąskaita užsakymas pirkėjas įrašas yčas kauno vilniaus ežero pušų mokyklos
        sodų miškų lietuvių žemaičių ąsotis ėmė ūkis ūkio gražina gražvydas""",
    "Latvian": """jānis pēteris andris mārtiņš ģirts jēkabs kārlis krišjānis raimonds āris guntis
        ilzē līga inga dāvis dace zane kristīne māra sandra ieva baiba līva aļona bērziņš kalniņš
        ozoliņš liepiņš krūmiņš bērziņa kalniņa ozoliņa liepiņa krūmiņa eglītis eglīte jansons
        jansone pētersons pētersone zariņš zariņa vītols vītola kļaviņš kļaviņa ķēniņš ķirsis
        šmits šmite žagars čakste rīga liepāja jelgava jūrmala ventspils rēzekne valmiera ogre
        tukums salaspils cēsis kuldīga olaine talsi bauska sigulda iela prospekts brīvības vārds
        uzvārds pilsēta adrese tālrunis dzimšanas datums pasūtījums summa klients vīrietis
        sieviete numurs pēc ielā mājas dzīvoklis ēka īpašnieks ūdens ķegums ļaudona ģimene šķūnis
        daugavpils bāka āboliņš āboliņa ūsiņš grīnbergs siliņš zālīte pļavā rūķis rūta""",
    "Estonian": WESTERN["Estonian"],
    "Polish": EASTERN["Polish"],
}
TURKISH = {
    "Turkish": """ayşe şahin yıldız yıldırım yılmaz kılıç çelik öztürk özdemir aydın arslan doğan
        aslan çetin kara koç kurt özkan şimşek polat korkmaz çakır erdoğan güneş aktaş türk bulut
        keskin ünal turan gül çınar avcı ışık tekin taş güler yalçın güngör tunç yüksel uğur uzun
        ateş demirtaş kaplan işçi İbrahim İsmail İstanbul İzmir İlker İnci İpek İlhan ALİ KADİR
        SELİM DENİZ EMİNE METİN NURİ ŞİRİN ÇİĞDEM İNCİ DİYARBAKIR VEDAT fatih süleyman hüseyin
        gökhan özgür özge çağlar çağrı tuğba tuğçe oğuz oğuzhan yiğit gülşen gülay nurgül zeynep
        sıla kıvanç ılgaz ırmak müşteri adı soyadı doğum tarihi şehir ilçe mahallesi sokağı
        caddesi adres telefonu kadın sipariş tutarı ödeme şube ağrı iğdır kırıkkale kırklareli
        eskişehir nevşehir muğla niğde balıkesir çanakkale çorum kütahya gümüşhane şanlıurfa
        diyarbakır kâmil hâlâ lâle kâzım ümraniye üsküdar şükrü ünlü kürşat ömür müdür ürün ücret
        köprü sürücü bülent öğretmen üye ülkü türkü büyük küçük ölçü dönüş günü bölge köyü görüş
        Ümit Ünal beşiktaş kadıköy şişli bağcılar beyoğlu çankaya hisarüstü bakırköy""",
    "German": WESTERN["German"],
}
