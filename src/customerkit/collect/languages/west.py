"""What columns are called in the west of Europe and in America, as words without accents.

German, French, Spanish, Italian, Portuguese, Dutch, Polish and the Scandinavian languages.
"""

from __future__ import annotations

CUSTOMER: dict[str, str] = {
    "external_id": "kundennummer|kundennr|kunden nr|kunden id|numero client|id client|n client|"
    "code client|id cliente|numero cliente|codigo cliente|codice cliente|klantnummer|klant id|"
    "numer klienta|id klienta|kundnummer|kundenummer|kunde id|kund id|kundnr|kundenr|no client|"
    "num client|nr klienta|medlemsnummer|numero socio|mitgliedsnummer|kdnr|kd nr",
    "full_name": "vollstandiger name|vollstaendiger name|kundenname|nom complet|nom et prenom|"
    "nom prenom|nom client|nombre completo|nombre y apellidos|nome completo|nome e cognome|"
    "nominativo|volledige naam|imie i nazwisko|fullt namn|fullt navn|nom|nombre|nome|naam|namn|"
    "navn|nom prenoms|prenom nom|nom et prenoms|prenom et nom|nombre apellidos|apellidos nombre|"
    "apellidos y nombre|nome sobrenome|cognome nome|nome cognome|cognome e nome|name vorname|"
    "vorname name|vor und nachname|vorname und nachname|nachname vorname|naam klant|"
    "nazwisko i imie|imie nazwisko|fuldt navn|for och efternamn|apellido y nombre|apellido nombre|"
    "nombre y apellido|nombre apellido|apellidos nombres|apellidos y nombres|nombres y apellidos|"
    "titular da conta|titular de la cuenta|titulaire du compte|kundens navn|kundens namn|"
    "fullstandigt namn|intestatario del conto|derechohabiente|nombre suscriptor|forsakringstagare|"
    "kundenavn",
    "prefix": "anrede|titel|civilite|titre|tratamiento|titolo|tratamento|aanhef|civ|akad grad",
    "given_name": "vorname|vorna|vorn|vornamen|rufname|prenom|prenoms|primer nombre|nombre de pila|"
    "primo nome|primeiro nome|voornaam|imie|fornamn|fornavn|prenom usuel|prenom usage|"
    "nombre propio|nombre persona|nombres|roepnaam|voornamen|imiona|imie pierwsze|tilltalsnamn|"
    "vname|pren adh|virnumm|prenombres",
    "given_name_2": "kosename|spitzname|surnom|apodo|apelido carinhoso|bijnaam",
    "family_name_2": "geburtsname|geb name|gebname|madchenname|maedchenname|fruherer name|"
    "fruherer nachname|nom de jeune fille|nom jeune fille|nom de naissance|nom naissance|"
    "apellido de soltera|apellido soltera|cognome da nubile|cognome di nascita|nome de solteira|"
    "nome de solteiro|sobrenome de solteira|meisjesnaam|geboortenaam|nazwisko rodowe|"
    "nazwisko panienskie|fodt som|pikenavn|pigenavn|flicknamn|fodelsenamn",
    "initials": "voorletters|initialen",
    "middle_name": "zweiter vorname|deuxieme prenom|segundo nombre|secondo nome|nome do meio|"
    "drugie imie|mellannavn|mellomnavn|mellannamn|patronimico|weitere vornamen|mellemnavn",
    "family_name": "nachname|familienname|zuname|nom de famille|nom famille|apellido|apellidos|"
    "primer apellido|cognome|sobrenome|apelido|ultimo nome|achternaam|familienaam|nazwisko|"
    "efternamn|etternavn|efternavn|nom usage|nom d usage|nom usuel|apellido 1|apellido paterno|"
    "1 apellido|nome de familia|sobrenomes|apelidos|cognomi|slektsnavn|1 er apellido|ap paterno|"
    "a paterno|ape paterno|ape 1|apell 1|paterno|1 o apellido|1 apell|geslachtsnaam|apellido p|"
    "apellido m|ape pat|ape mat|nachn",
    "name_particle": "tussenvoegsel|voorvoegsel|namenszusatz|vorsatzwort|tussenvoegsels|tussenv|tv",
    "second_family_name": "apellido 2|segundo apellido|2 apellido|apellido materno|cognom 2|"
    "2 o apellido|ap materno|a materno|ape materno|ape 2|apell 2|materno",
    "birth_year": "geburtsjahr|geb jahr|annee de naissance|annee naissance|ano de nacimiento|"
    "ano nacimiento|anno di nascita|anno nascita|ano de nascimento|ano nascimento|geboortejaar|"
    "rok urodzenia|fodelsear|fodselsar",
    "birth_month": "geburtsmonat|geb monat|mois de naissance|mois naissance|mes de nacimiento|"
    "mes nacimiento|mese di nascita|mese nascita|mes de nascimento|mes nascimento|geboortemaand|"
    "miesiac urodzenia",
    "birth_day": "geb tag|jour de naissance|jour naissance|dia de nacimiento|dia nacimiento|"
    "giorno di nascita|giorno nascita|dia de nascimento|dia nascimento|geboortedag|dzien urodzenia",
    "birth_date": "geburtsdatum|geburtstag|geb datum|gebdatum|geboren|geboren am|"
    "date de naissance|date naissance|ne le|fecha de nacimiento|fecha nacimiento|nacimiento|"
    "data di nascita|data nascita|nato il|data de nascimento|data nascimento|nascimento|"
    "geboortedatum|data urodzenia|fodelsedatum|fodselsdato|geb|geb dat|gbdat|dat naiss|"
    "date naiss|dt naissance|ddn|nee le|fec nacimiento|fec nac|fe nacimiento|fe nac|fecha nac|"
    "f nacimiento|f nac|fch nacimiento|dt nascimento|dt nasc|data nasc|nasc|dt nascita|"
    "nato nata il|data ur|urodzony|fodt|fodd|fodselsdag|geboorte datum|geb am|dt nais|"
    "gebuertsdatum|f nacim",
    "birth_place": "geburtsort|lieu de naissance|lugar de nacimiento|luogo di nascita|"
    "comune di nascita|local de nascimento|naturalidade|geboorteplaats|miejsce urodzenia|"
    "fodelseort|fodested|ville de naissance|commune de naissance|ciudad de nacimiento|"
    "municipio de nacimiento|municipio nascimento|municipio nasc|cidade de nascimento|"
    "cidade nascimento|cidade natal|citta di nascita|fodelseplats|fodeby|luogo nascita|"
    "comune nascita|entidad nac|entidad nacimiento|lugar nac|miejsce ur|gebort|geb ort|cp naiss|"
    "code insee naiss|lieu nais|ville nais|ent nac|prov nasc|nato a",
    "relative": "name des vaters|name der mutter|vorname des vaters|ehepartner|nom du pere|"
    "nom de la mere|nom pere|nom mere|nom de jeune fille de la mere|nombre padre|nombre madre|"
    "nombre del padre|nombre de la madre|nombre del conyuge|nome mae|nome da mae|nome pai|"
    "nome do pai|nome da genitora|nome padre|nome madre|paternita|maternita|imie ojca|imie matki|"
    "nazwisko panienskie matki|nazwisko rodowe matki|naam vader|naam moeder|malsman|vardnadshavare|"
    "nm mae|nm pai",
    "age": "alter|edad|idade|leeftijd|wiek",
    "gender": "geschlecht|sexe|sexo|in sexo|cod sexo|genero|sesso|genere|geslacht|plec|kon|kjonn|"
    "geschl|geslachtsaanduiding|koen",
    "language": "sprache|langue|idioma|lingua|taal|jezyk|sprak",
    "email": "e mail adresse|email adresse|mailadresse|courriel|adresse e mail|adresse email|"
    "adresse mail|correo|correo electronico|e mail adres|posta elettronica|indirizzo email|"
    "endereco de email|emailadres|adres e mail|adres email|e post|epost|mail adresse|mel|adr mail|"
    "correo e|correo electr|dir correo|e mailadres|mailadres|e postadress|epostadress|"
    "epostadresse|e postadresse|endereco e mail|poczta|ds email",
    "phone": "telefon|telefonnummer|telefonnr|tel nr|telnr|handy|handynummer|mobil|mobiltelefon|"
    "mobilnummer|rufnummer|numero de telephone|portable|telephone portable|telephone mobile|"
    "telefono|numero de telefono|movil|telefono movil|celular|cellulare|numero di telefono|"
    "telefone|telemovel|telefoon|telefoonnummer|mobiel|numer telefonu|komorka|mobilnr|"
    "telefonnummer mobil|mobilfunk|mobilfunknummer|festnetz|festnetznummer|telefon privat|"
    "tel privat|fon|tel portable|tel mobile|gsm|tel fixe|telephone fixe|fixe|telefono fijo|fijo|"
    "tel fijo|telefono 1|telefono celular|tel movil|telefone fixo|telefone celular|tel cel|"
    "contato|tel contato|telefone contato|tel contacto|telefono contacto|contacto telefonico|"
    "telefono fisso|fisso|vaste telefoon|telefon komorkowy|"
    "telefon stacjonarny|tel komorkowy|hemtelefon|telefon hem|hemnummer|fasttelefon|fastnet|"
    "mobiltelefonnummer|tlf|tlf nr|tlfno|tfno|tfno fijo|tfno movil|tfno movil 1|tlf fijo|"
    "tlf movil|telefon mobil|tel fisso|tel casa|tel abitazione|tel cellulare|tel kom|"
    "tel stacjonarny|tel mobiel|tel p|tel g|natel|tel vast|tel kom|tel priv|tel gesch|cellulaire|"
    "tel cell|tel cellulaire|telf|fono|tel port|06 nummer|telem|nr fone res|te part|te cel|"
    "fono movil|tel celular|telf fijo|tlf mob|tlf priv|mobiltlf",
    "national_id": "personalausweis|ausweisnummer|sozialversicherungsnummer|dni|nif|nie|dni nie|"
    "securite sociale|numero securite sociale|num secu|numero ss|no ss|codice fiscale|cpf|bsn|"
    "pesel|numero de securite sociale|personnummer|documento|documento identidad|num documento|"
    "numero documento|documento de identidad|rut|curp|cedula|doc identidad|num dni|n dni|"
    "cartao de cidadao|nir|personnr|fodselsnummer|cpr|cpr nummer|svnr|ahv nummer|cod fiscale|"
    "codfiscale|cod fisc|nro doc|num doc|nro documento|numero identificacion|num identificacion|"
    "no identificacion|cpf cnpj|cnpj cpf|rijksregisternummer|rijksregisternr|rijksregister|insz|"
    "fodselsnr|fnr|cuit|ci|cf|run|kvnr|sv nummer|navs 13|n avs|niss|burgerservicenummer|nuss|"
    "nr utente|persnr|samordn nr|d nummer",
    "tax_id": "steuernummer|ust id|ust idnr|ustid|umsatzsteuer id|numero de tva|tva|n tva|"
    "partita iva|p iva|cnpj|btw nummer|nip|rfc|cuit cuil|cuil cuit|cuil",
    "account": "kundenkarte|kundenkartennummer|kundenkarten nr|mitglieds nr|mitgliedsnr|bonuskarte|"
    "versicherungsnummer|versicherungs nr|versichertennummer|versicherten nr|vers nr|policennummer|"
    "policen nr|police nr|vertragsnummer|vertrags nr|vertragskonto|kontonummer|carte de fidelite|"
    "carte fidelite|no carte fidelite|n carte fidelite|numero carte fidelite|numero de police|"
    "no de police|no police|numero de contrat|no contrat|numero d adherent|numero adherent|"
    "no adherent|tarjeta cliente|tarjeta de fidelidad|tarjeta fidelidad|tarjeta puntos|"
    "numero de socio|num socio|n socio|no socio|numero de poliza|num poliza|no poliza|"
    "numero de contrato|num contrato|tessera|numero tessera|n tessera|carta fedelta|numero polizza|"
    "n polizza|numero contratto|cartao fidelidade|apolice|numero da apolice|klantenkaart|"
    "klantenkaartnummer|lidnummer|lidmaatschapsnummer|polisnummer|contractnummer|rekeningnummer|"
    "nr karty|numer karty|karta klienta|karta lojalnosciowa|nr polisy|numer polisy|nr umowy|"
    "numer umowy|medlemsnr|avtalsnr|avtalsnummer|kortnr|kortnummer|passerkort|"
    "nr conta|num conta|numero conta|numero da conta|kontonr",
    "company": "firma|firmenname|unternehmen|societe|raison sociale|entreprise|empresa|"
    "razon social|azienda|ragione sociale|societa|bedrijf|bedrijfsnaam|nazwa firmy|foretag|"
    "arbeitgeber|employeur|empleador|empregador|datore di lavoro|werkgever|pracodawca|"
    "arbeidsgiver|foretagsnamn|virksomhed",
    "occupation": "beruf|profession|metier|profesion|ocupacion|professione|profissao|beroep|"
    "zawod|yrke",
    "notes": "bemerkung|bemerkungen|notiz|notizen|anmerkung|remarque|remarques|notas|"
    "observaciones|observacoes|opmerking|opmerkingen|uwagi",
}
ADDRESS: dict[str, str] = {
    "street": "strasse|strasse und hausnummer|str|anschrift|adresse|adres|rue|voie|direccion|"
    "calle|domicilio|indirizzo|endereco|rua|morada|logradouro|straat|ulica|gatuadress|gateadresse|"
    "strasse nr|strasse hausnummer|strasse hnr|str nr|adr|adresse postale|adresse complete|"
    "numero et rue|numero et voie|direccion postal|direccion completa|via|nombre via|nom via|"
    "calle y numero|calle numero|rua numero|straatnaam|straat huisnummer|straat en huisnummer|"
    "adres zamieszkania|ulica i numer|adress|gata|postadress|vej|vejnavn|gade|veiadresse|lib voie|"
    "libelle voie|nom voie|str hnr|strassenname|via e n|voie lib|strooss|ds endereco|dir corresp|"
    "dir domic|ind res|utdelningsadress|gateadr|anleggsadresse",
    "line_2": "resto via|resto direccion|toevoeging|huisnummer toevoeging|huisnummertoevoeging|"
    "adresszusatz|complement adresse|complement d adresse|complemento|piso|puerta|numero interior|"
    "num int|numero int|interno|scala|nr lokalu|numer lokalu|leilighet|lagenhet|toev|compl|"
    "toevoeging|bus nr|busnummer|piso dto|piso depto|dto|depto|adr stiege|adr tuer|postfach|"
    "bat esc|nro depto|mz lt|lagenhetsnr|bolignr|side doer",
    "number": "hausnummer|hausnr|hnr|haus nr|numero de rue|numero civico|huisnummer|numer domu|"
    "numero calle|numero de calle|n calle|nr domu|husnummer|husnr|gatunummer|numero exterior|"
    "num ext|numero ext|no ext|n civico|civico|numero|nro|numero via|num via|huisnr|nciv|num civ|"
    "hnr|num voie|numero voie|no voie|n voie|altura|alt calle|no civique|hausnummernzusatz|"
    "huisnr toev|huisletter|n o porta",
    "city": "ort|stadt|wohnort|gemeinde|ville|commune|localite|ciudad|poblacion|localidad|"
    "municipio|citta|comune|cidade|plaats|woonplaats|stad|miasto|miejscowosc|poststed|wohnsitz|"
    "municipio residencia|localita|concelho|comuna|gemeente|miejscowosc zamieszkania|postort|by|"
    "bostadsort|cidade residencia|localidade|del mun|alcaldia|delegacion municipio|municipalite|"
    "plz ort|ortschaft|bur distrib|uertschaft|nm cidade|luogo di residenza|bynavn",
    "region": "bundesland|kanton|departement|provincia|comunidad autonoma|regione|estado|"
    "provincie|wojewodztwo|lan|fylke|uf|distrito|region administrativa|lansnamn|prov|"
    "sigla provincia|entidad federativa|departamento",
    "postcode": "plz|postleitzahl|code postal|cp|codigo postal|cod postal|cap|codice postale|cep|"
    "kod pocztowy|postnummer|postnr|c p|c postal|codigo post|cpostal|cod post|code post|kod poczt|"
    "postn|post nr|cpost|nr cep",
    "country": "land|staat|pays|pais|paese|kraj|lkz",
}
# Whose a column is, where the rest of its name says what it is.
PERSON = frozenset(
    "kunde kunden kundin mitglied nutzer patient patientin versicherter versicherten empfanger "
    "spender clients cliente clientes acheteur utilisateur membre abonne donateur assure titulaire "
    "destinataire beneficiaire comprador usuario socio paciente asegurado titular abonado "
    "destinatario beneficiario utente paziente assistito acquirente segurado associado "
    "klant klanten lid gebruiker ontvanger klient klienta pacjent pacjenta odbiorca "
    "kund kunds medlem mottagare patienten modtager".split()
)
# Which of several, see CONTEXT of the English words.
CONTEXT = {
    "home": "privat prive particular domicile hem hjemme prywatny casa residencia residenza",
    "work": "geschaft geschaftlich dienstlich buro bureau professionnel travail trabajo oficina "
    "trabalho lavoro ufficio werk zakelijk praca sluzbowy arbete arbeid arbejde",
    "billing": "rechnung rechnungs facturation factura facturacion fatura fatturazione factuur "
    "faktura",
    "shipping": "lieferung liefer livraison envio entrega spedizione bezorg levering leverans "
    "dostawa dostawy",
}
# Words of a whole name, and of one part of it where another column holds the other.
LONE = frozenset("nom nombre nome naam namn navn".split())
