/// The words of the calendar in English, Dutch, German, French and Spanish, folded. A word that two languages share means the
/// same in both, or is not here.
enum CalendarWords {
    static let months: [String: Int] = table([
        1: "january januari januar jaenner janvier enero jan janv ene",
        2: "february februari februar fevrier febrero feb febr fevr fev",
        3: "march maart maerz marz mars marzo mar mrt mrz",
        4: "april avril abril apr avr abr",
        5: "may mei mai mayo",
        6: "june juni juin junio jun",
        7: "july juli juillet julio jul juil",
        8: "august augustus aout agosto aug ago",
        9: "september septembre septiembre setiembre sep sept set",
        10: "october oktober octobre octubre oct okt",
        11: "november novembre noviembre nov",
        12: "december dezember decembre diciembre dec dez dic",
    ])

    /// Monday is 0.
    static let weekdays: [String: Int] = table([
        0: "monday maandag montag lundi lunes",
        1: "tuesday dinsdag dienstag mardi martes tues",
        2: "wednesday woensdag mittwoch mercredi miercoles wed weds",
        3: "thursday donderdag donnerstag jeudi jueves thu thur thurs",
        4: "friday vrijdag freitag vendredi viernes fri",
        5: "saturday zaterdag samstag sonnabend samedi sabado",
        6: "sunday zondag sonntag dimanche domingo",
    ])

    /// Abbreviations that are other words too: they count where a date, a time or another of them stands beside them.
    static let shortWeekdays: [String: Int] = table([
        0: "ma mo mon lun", 1: "di tue mar", 2: "wo mi mer mie", 3: "do jeu jue", 4: "vr fr ven vie", 5: "za sa sat sam sab",
        6: "zo so sun dim dom",
    ])

    /// Weekdays that say by themselves that they come every week.
    static let everyWeekdays: [String: Int] = table([
        0: "mondays maandags maandagen montags lundis", 1: "tuesdays dinsdags dinsdagen dienstags mardis",
        2: "wednesdays woensdags woensdagen mittwochs mercredis", 3: "thursdays donderdags donderdagen donnerstags jeudis",
        4: "fridays vrijdags vrijdagen freitags vendredis", 5: "saturdays zaterdags zaterdagen samstags samedis sabados",
        6: "sundays zondags zondagen sonntags dimanches domingos",
    ])

    static let every = words("every each elke iedere elk jeden jede jeder chaque cada tous toutes todos todas")
    static let daily = words("daily dagelijks taeglich taglich quotidien")
    static let weekdaysOnly = words("weekdays werkdagen wochentags werktags")
    /// Between the ends of a stretch.
    static let until = words("to till until tot bis au a jusque al hasta through thru")
    static let and = words("and en und et y e or")

    static let today = words("today tonight vandaag vanavond vanmiddag heute hoy")
    static let tomorrow = words("tomorrow morgen demain manana")
    static let overmorrow = words("overmorgen uebermorgen ubermorgen")
    static let next = words(
        "next volgende naechsten nachsten naechste nachste naechster prochain prochaine proximo proxima kommenden")

    static let hours = words("h u uhr uur heures heure hrs horas hr")
    static let noon = words("noon midday midi mediodia mittag")
    static let midnight = words("midnight middernacht mitternacht minuit medianoche")

    /// What makes an eight of the evening's.
    static let afternoon = words(
        "pm evening avonds avond abends abend soir tarde noche noches afternoon middags namiddag nachmittags nachmittag midi night"
    )
    static let morning = words("am morning ochtends ochtend morgens vormittags matin madrugada voormiddag")

    /// What a number of hours after it is a length of.
    static let lasting = words(
        "for duration duur duurt dauer dauert duree pendant durant duracion dura durante within lasts lang")

    /// What a date behind it is not the date of.
    static let deadline = words(
        """
        deadline register registration signup rsvp inschrijven inschrijving inschrijvingen aanmelden aanmelding anmelden anmeldung \
        anmeldeschluss inscription inscriptions inscrire inscrivez inscripcion inscripciones inscribirse inscribete reserveren \
        reserve reserver reservar tickets uiterlijk spaetestens spatestens
        """)

    /// Hours in words, for "half acht" and "halb acht", which are half past seven.
    static let hourWords: [String: Int] = table([
        1: "een eins ein", 2: "twee zwei", 3: "drie drei", 4: "vier", 5: "vijf fuenf funf", 6: "zes sechs", 7: "zeven sieben",
        8: "acht", 9: "negen neun", 10: "tien zehn", 11: "elf", 12: "twaalf zwoelf zwolf",
    ])

    /// Minutes east of Greenwich.
    static let zones: [String: Int] = [
        "utc": 0, "gmt": 0, "z": 0, "cet": 60, "mez": 60, "cest": 120, "mesz": 120, "bst": 60, "wet": 0, "west": 60, "eet": 120,
        "eest": 180, "est": -300, "edt": -240, "cst": -360, "cdt": -300, "pst": -480, "pdt": -420,
    ]

    private static func table(_ rows: [Int: String]) -> [String: Int] {
        rows.reduce(into: [:]) { table, row in for word in words(row.value) { table[word] = row.key } }
    }

    private static func words(_ line: String) -> Set<String> { Set(line.split(separator: " ").map(String.init)) }
}
