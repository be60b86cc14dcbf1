"""What columns are called in other languages of Europe, as header words without accents.

German, French, Spanish, Italian, Portuguese, Dutch, Polish and the Scandinavian languages.
"""

from __future__ import annotations

CUSTOMER: dict[str, str] = {
    "external_id": "kundennummer|kundennr|kunden nr|kunden id|numero client|id client|n client|"
    "code client|id cliente|numero cliente|codigo cliente|codice cliente|klantnummer|klant id|"
    "numer klienta|id klienta|kundnummer|kundenummer",
    "full_name": "vollstandiger name|vollstaendiger name|kundenname|nom complet|nom et prenom|"
    "nom prenom|nom client|nombre completo|nombre y apellidos|nome completo|nome e cognome|"
    "nominativo|volledige naam|imie i nazwisko|fullt namn|fullt navn|"
    "nom|nombre|nome|naam|namn|navn",
    "prefix": "anrede|titel|civilite|titre|tratamiento|titolo|tratamento|aanhef",
    "given_name": "vorname|vornamen|rufname|prenom|prenoms|primer nombre|nombre de pila|"
    "primo nome|primeiro nome|voornaam|imie|fornamn|fornavn",
    "middle_name": "zweiter vorname|deuxieme prenom|segundo nombre|secondo nome|nome do meio|"
    "tussenvoegsel",
    "family_name": "nachname|familienname|zuname|nom de famille|nom famille|apellido|apellidos|"
    "primer apellido|cognome|sobrenome|apelido|ultimo nome|achternaam|familienaam|nazwisko|"
    "efternamn|etternavn|efternavn",
    "birth_date": "geburtsdatum|geburtstag|geb datum|gebdatum|geboren|geboren am|geburtsjahr|"
    "date de naissance|date naissance|ne le|annee de naissance|fecha de nacimiento|"
    "fecha nacimiento|nacimiento|data di nascita|data nascita|nato il|data de nascimento|"
    "data nascimento|nascimento|geboortedatum|data urodzenia|fodelsedatum|fodselsdato",
    "birth_place": "geburtsort|lieu de naissance|lugar de nacimiento|luogo di nascita|"
    "comune di nascita|local de nascimento|naturalidade|geboorteplaats|miejsce urodzenia|"
    "fodelseort|fodested",
    "age": "alter|edad|idade|leeftijd|wiek",
    "gender": "geschlecht|sexe|sexo|genero|sesso|genere|geslacht|plec|kon|kjonn",
    "language": "sprache|langue|idioma|lingua|taal|jezyk|sprak",
    "email": "e mail adresse|email adresse|mailadresse|courriel|adresse e mail|adresse email|"
    "adresse mail|correo|correo electronico|e mail adres|posta elettronica|indirizzo email|"
    "endereco de email|emailadres|adres e mail|adres email|e post|epost",
    "phone": "telefon|telefonnummer|telefonnr|tel nr|telnr|handy|handynummer|mobil|mobiltelefon|"
    "mobilnummer|rufnummer|numero de telephone|portable|telephone portable|telephone mobile|"
    "telefono|numero de telefono|movil|telefono movil|celular|cellulare|numero di telefono|"
    "telefone|telemovel|telefoon|telefoonnummer|mobiel|numer telefonu|komorka|mobilnr",
    "national_id": "personalausweis|ausweisnummer|sozialversicherungsnummer|dni|nif|nie|"
    "dni nie|codice fiscale|cpf|bsn|pesel|numero de securite sociale|personnummer",
    "tax_id": "steuernummer|ust id|ust idnr|ustid|umsatzsteuer id|numero de tva|tva|n tva|"
    "partita iva|p iva|cif|cnpj|btw nummer|nip",
    "company": "firma|firmenname|unternehmen|societe|raison sociale|entreprise|empresa|"
    "razon social|azienda|ragione sociale|societa|bedrijf|bedrijfsnaam|nazwa firmy|foretag",
    "occupation": "beruf|profession|metier|profesion|ocupacion|professione|profissao|beroep|"
    "zawod|yrke",
    "notes": "bemerkung|bemerkungen|notiz|notizen|anmerkung|remarque|remarques|notas|"
    "observaciones|observacoes|opmerking|opmerkingen|uwagi",
}
ADDRESS: dict[str, str] = {
    "street": "strasse|strasse und hausnummer|str|anschrift|adresse|adres|rue|voie|"
    "direccion|calle|domicilio|indirizzo|endereco|rua|morada|logradouro|straat|ulica|"
    "gatuadress|gateadresse",
    "number": "hausnummer|hausnr|hnr|haus nr|numero de rue|numero civico|huisnummer|numer domu",
    "city": "ort|stadt|wohnort|gemeinde|ville|commune|localite|ciudad|poblacion|localidad|"
    "municipio|citta|comune|cidade|plaats|woonplaats|stad|miasto|miejscowosc|poststed",
    "region": "bundesland|kanton|departement|provincia|comunidad autonoma|regione|estado|"
    "provincie|wojewodztwo|lan|fylke",
    "postcode": "plz|postleitzahl|code postal|cp|codigo postal|cod postal|cap|"
    "codice postale|cep|kod pocztowy|postnummer|postnr",
    "country": "land|staat|pays|pais|paese|kraj",
}
