/// Words that everybody says about everything, in the languages that servers are mostly held in. They are no topic.
package enum StopWords {
    package static let all: Set<String> = Set(
        [english, chat, german, dutch, french, spanish, portuguese, italian, slavic, northern, others]
            .flatMap { $0.split(whereSeparator: \.isWhitespace).map(String.init) })

    private static let english = """
        about above actually after again against ain't all almost also although always and another any anybody anyone anything
        anyway are aren't around ask back because been before being below best better between bit both but came can can't cannot
        come comes could couldn't day did didn't does doesn't doing don't done down during each either else enough even ever every
        everybody everyone everything far feel few find first for from get gets getting give goes going gone good got great had
        hadn't has hasn't have haven't having hello her here hers herself him himself his hope how however i'd i'll i'm i've into
        isn't it'd it'll it's its itself just keep kind know last later least less let let's like little long look looking lot lots
        made make makes many may maybe mean might mine more most much must myself need needs never new next nice nobody none nor
        not nothing now off often okay once one only onto other others otherwise our ours ourselves out over own people perhaps
        please pretty probably put quite rather read really right said same saw say says see seem seems seen shall she should
        shouldn't since some somebody someone something sometimes soon sorry still such sure take tell than thank thanks that
        that's the their theirs them themselves then there there's these they they'd they'll they're they've thing things think
        this those though thought through time times today together tomorrow too tried try trying two under until upon use used
        very want wanted wants was wasn't way we'd we'll we're we've welcome well went were weren't what what's when where which
        while who who's whole whom whose why will with without won't work would wouldn't yeah yes yesterday yet you you'd you'll
        you're you've your yours yourself yourselves
        """
    private static let chat = """
        afk bro brb btw cool dude fuck fucking gonna gotta guys haha hahaha hehe hey idk imo kinda lmao lol nah nope okey omg one's
        pls plz rofl shit tbh thx tho ugh wanna wow wtf yall y'all yep yup xd
        """
    private static let german = """
        aber alle allem allen aller alles als also andere auch auf aus bei beim bin bis bist bitte dann danke dass das dein deine
        dem den denn der des dich die dies diese diesem diesen dieser dieses dir doch dort durch ein eine einem einen einer eines
        einfach einmal etwas euch euer für ganz gar geht gerade gibt gut habe haben habt halt hast hat hatte heute hier hin ich ihm
        ihn ihnen ihr ihre immer ist jede jeden jeder jemand jetzt kann kannst kein keine können könnte machen macht mal man mehr
        mein meine mich mir mit morgen muss müssen nach nein nicht nichts noch nun nur oder ohne schon sehr sein seine seit sich
        sie sind soll sollte über und uns unser unter viel vielleicht vom von vor war waren warum was weil wenn wer werden wie
        wieder will wir wird wirklich wirst wurde zum zur zwei zwischen
        """
    private static let dutch = """
        aan als andere ben bij daar dan dat deze die dit doe doen door dus een echt eens elke even gaan gaat geen goed had heb hebben
        hebt heeft heel het hier hij hoe hun iets iemand jij jou jouw jullie kan kunnen maar maak meer met mijn moet naar niet niets
        nog onze ook over toch toen tot uit van veel voor waar waarom want waren wat weer wel werd wie wij worden wordt zal ze zich
        zijn zit zo zonder zou
        """
    private static let french = """
        ai aller alors ans après assez au aucun aussi autre aux avait avant avec avez avoir avons beaucoup bien bon bonjour bonne
        car ce cela celle celui ces cet cette chez comme comment contre dans des donc dont elle elles encore entre est êtes était
        être eux faire fait faut fois font ici ils jamais jour juste les leur leurs lui mais même merci mes moi moins mon non nos
        notre nous oui parce pas peu peut plus pour pourquoi près quand que quel quelle quelque qui quoi rien sans sera ses son
        sont sous suis sur tes toi ton toujours tous tout toute toutes très trop une vais veut vous voilà votre vos vraiment
        c'est j'ai n'est d'un d'une qu'il qu'on l'on
        """
    private static let spanish = """
        ahora algo alguien algún ante antes aquí así aunque bien buen bueno cada casi como cómo con contra creo cuál cuando cuándo
        cual del desde donde dónde dos ella ellas ellos entre era eran eres esa ese eso esta está están estar estas este esto estos
        estoy fue fueron gracias gran hace hacer hacia han hasta hay hola hoy jaja las les los luego más mejor mientras mis mismo
        mucho muchos muy nada ni nos nosotros nunca otra otro para pero poco por porque puede puedo pues que qué quien quién quiero
        sea ser será sido siempre sin sobre solo sólo son soy sus también tan tanto tengo tener tiene tienen toda todas todo todos
        tus una unas uno unos usted vale vamos ver vez voy ya yo
        """
    private static let portuguese = """
        agora ainda algo algum alguém antes ao aos aquela aquele aqui assim até bem boa bom cada coisa com como da das de dele dela
        depois desde dia disso dos ela elas ele eles entre era essa esse esta está estão estar este estou eu fazer foi foram gente
        isso isto já lá mais mas melhor mesmo meu minha muito muitos na nada não nas nem nenhum nos nós nossa nosso nunca obrigado
        onde ontem os ou outra outro para pela pelo pode porque pra quando quanto que quem quer se sem sempre ser seu sim só sobre
        sua são também tem tenho ter teu toda todas todo todos tudo um uma umas uns vai vamos você vocês vou
        """
    private static let italian = """
        adesso alla alle allo anche ancora anni avere bene che chi ciao cioè come con così cosa cui dai dal dalla dei del della
        delle dello dentro deve devo dopo dove due ecco era erano essere fare fatto fino fra già gli grazie hai hanno ieri infatti
        invece io la le lei lo loro lui mai meglio meno mentre mi mia mio molto nei nel nella niente noi non nostro nulla oggi ogni
        oppure ora per perché perchè però più poco poi proprio può qualche qualcosa quale quando quanto quello quella questa queste
        questi questo qui sarà se sei sempre senza si sia siamo solo sono sopra sta stai stato sto su sua sul sulla suo tanto te ti
        tra troppo tua tuo tutta tutte tutti tutto un una uno va vai vi voi
        """
    private static let slavic = """
        ale albo bardzo bez bo był była było być coś czy dla dlaczego dobra dobrze dzięki gdzie ich jak jaki jako jego jej jest
        jestem jeszcze już kiedy kto która które który lub mam masz może można mnie moje nad nie niego nic nich one oraz pod przed
        przez przy się są tak także tam tego tej ten teraz też tylko trzeba twoje tym wiem więc wszystko wtedy tutaj będzie
        без более больше будет бы был была были было быть вам вас ведь весь во вот все всего всегда вы где да даже для до его ее
        если есть еще ещё же за здесь из или им их как какая какой когда кто куда ли между меня мне много может можно мой мы на
        надо нас наш не него нет ни но ну об однако он она они оно от очень по под после потом потому почему при про раз сам сам
        себя сейчас со спасибо так также такой там тебе тебя тем теперь то тобой тогда того тоже только том тот тут ты уже хорошо
        хоть хочу чего чем через что чтобы эта эти это этого этом этот просто привет
        """
    private static let northern = """
        alla allt att bara blev bli blir borde bra dem den denna deras dess det detta dig din ditt dock där därför efter eller
        ett finns från för gör göra ha hade han har hej henne hon honom hur här igen ingen inget inte jag kan kanske kommer kunde
        lite man med mer mig min mitt mot mycket måste något någon några när och också om oss på redan sedan sig sin sitt ska skulle
        som tack till under upp ut utan vad var vara varför varit vem vi vid vill
        af blev bliver da de der deres dette dig dog du eller end er et får fik fra få gør godt hvad hver hvis hvor hvorfor hvordan
        ikke ind jeg jo kun kunne lige meget mere mig mod mulig når nok nu og også op os skal så tror være vores
        """
    private static let others = """
        ama ben bana bence beni bir biz böyle bu bunu çok çünkü daha da değil diye en eğer gibi hem hep her hiç için ile ise işte
        kadar ki kim mi nasıl ne neden nerede niye olan olarak oldu olsun onu orada öyle sadece sana sen siz şey şimdi şu tam tamam
        teşekkürler var ve veya yani yok zaten
        です ます した する ない ある いる この その あの これ それ って から まで など でも けど たい って ので ませ てい ている ました
        的是 我们 你们 他们 这个 那个 什么 怎么 没有 就是 可以 不是 一个 因为 所以 如果 但是 还是 现在
        """
}
