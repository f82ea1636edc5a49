/** What decides whether a stop ends a sentence in one language. Words are parted by blanks and stand without their last stop. */
export type LanguageRules = {
  /** Written before a name or another word, so never last in a sentence: `Dr`, `z.B`. A tilde stands for a blank. */
  readonly before: string;
  /** May be last in a sentence; then a word of `starters` follows: `Inc`, `Jan`. */
  readonly within: string;
  /** Written before a number: `No`, `Art`. */
  readonly number: string;
  /** Words that a sentence often starts with and a name does not. */
  readonly starters: string;
  /** True where a number and a stop is an ordinal: `am 3. Oktober`. */
  readonly ordinals?: true;
  /** Verbs after quoted speech that ended in `!` or `?`: `"Stop!" Ann said.` */
  readonly speech?: string;
  /** Quotation marks that close and are parted from the sentence by a blank. */
  readonly closers?: string;
};

/** Rules by primary language. */
export const languageRules: Readonly<Record<string, LanguageRules>> = {
  en: {
    before:
      "Mr Mrs Ms Mx Messrs Mmes Dr Drs Prof Rev Fr St Sts Ste Hon Sen Rep Gov Gen Col Maj Capt Cpt Cmdr Lt Sgt Cpl Pvt Adm Det Insp Supt Pres Amb Atty Dist Mt Ft vs v e.g i.e cf viz al Lt.~Col Lt.~Gen Maj.~Gen Brig.~Gen Rt.~Hon incl esp ibid op.~cit",
    within:
      "Inc Ltd Corp Co LLC Bros Jr Sr Esq Ph.D M.D B.A M.A B.Sc M.Sc Dept Univ Assn Jan Feb Mar Apr Jun Jul Aug Sep Sept Oct Nov Dec Mon Tue Tues Wed Thu Thurs Fri Sat Sun Ave Blvd Rd Ariz Calif Colo Conn Fla Ill Kan Mass Mich Minn Mo Okla Ore Pa Tenn Tex Va Vt Wash Wis dept est",
    number:
      "No Nos no nos Art art Sec sec Ch ch Fig fig Figs figs Eq eq Vol vol p pp par para Par Tab tab Ex ex App approx ca c circa ver v Ref ref",
    starters:
      "The A An Nobody Everyone Someone Nothing Everything Another Such More People This That These Those It He She We They I You His Her Its Our Their My Your There Here In On At As For From With Without By After Before During Since Until While When Where What Who Why How If Although Though Because But And Or So Yet However Moreover Meanwhile Then Thus Therefore Also Not No Yes Now Today Yesterday Tomorrow All Some Most Many Several Both Each Every One Two Three Please Let Only Even Is Are Was Were Do Does Did Can Could Will Would Should May Under Over Despite Instead Finally Once Which",
    speech:
      "said says added adds asked asks told tells wrote writes replied explained continued shouted cried exclaimed wondered",
  },
  de: {
    before:
      "Hr Hrn Fr h.c h.~c Dr Drs Prof Dipl Ing Mag Med St Sankt Hl z.B z.~B d.h d.~h u.a u.~a i.d.R i.~d.~R o.g o.~g s.o s.~o s.u s.~u v.a v.~a z.T z.~T m.E m.~E z.Zt z.~Zt bzw bzgl ggf evtl vgl sog insb inkl exkl einschl zzgl abzgl ehem gem gegr geb verh Abs.~1 Str.~d jr Frl i.A i.~A a.D i.V vs Nachf.~d Dipl.-Ing Dr.-Ing allg max min mind österr schweiz dt engl franz lat",
    within:
      "usw etc Co Inc Ltd Jan Feb Apr Jun Jul Aug Sept Okt Nov Dez Mo Di Mi Do Fr Sa So Std Min Sek Mio Mrd Tsd Str Abt Tel Jh Jhd n.Chr v.Chr n.~Chr v.~Chr u.v.m u.~v.~m o.Ä o.~Ä",
    number: "Nr Nrn Art Abs Abb Kap S Bd Bde Anm Tab Ziff Pkt Rn Rdnr Az ca Par § lit Aufl Folge Bl",
    starters:
      "Der Die Das Den Dem Des Ein Eine Einen Einem Einer Es Er Sie Wir Ich Ihr Du Man Sein Seine Seinen Ihre Ihren Unser Unsere Dies Diese Dieser Dieses Diesen Jene In Im Am An Auf Aus Bei Beim Bis Durch Für Mit Nach Nachdem Seit Seitdem Vom Von Vor Während Wegen Zu Zum Zur Zwischen Über Unter Um Aber Und Oder Denn Doch Jedoch Allerdings Außerdem Zudem Deshalb Daher Dann Danach Dabei Dafür Damit Dazu Davon Dort Hier Heute Gestern Morgen Jetzt Nun So Wenn Weil Als Da Dass Obwohl Ob Wie Was Wer Wo Warum Wann Alle Alles Viele Einige Manche Beide Jeder Jede Jedes Nicht Nur Auch Noch Schon Bitte Kein Keine Laut Trotz Insgesamt Zwar Sowohl Falls Aufgrund Ja Nein Kaum Später Zuvor",
    ordinals: true,
    closers: "“‘«",
  },
  fr: {
    before:
      "M MM Mr Mgr Dr Drs Pr Me Mes St Ste Sts Mme Mlle Vve p.~ex p.ex c.-à-d c.à.d cf v vs env Cie.~de Gal Cdt Cne Lt Col Sgt Rév Hon éd dir coll ibid op.~cit ap.~J av.~J",
    within: "etc Inc Ltd Co janv févr avr juil sept oct nov déc av bd boul apr J.-C S.A S.A.R.L Jr",
    number: "n no nos art Art chap Chap fig Fig p pp vol Vol t tél Tél al éq ch sect num No réf",
    starters:
      "Le La Les L’ L' Un Une Des Du De Il Elle Ils Elles On Nous Vous Je J’ J' Tu Ce Cet Cette Ces C’ C' Cela Ça Son Sa Ses Leur Leurs Notre Nos Votre Mon Ma Mes En Au Aux À A Dans Par Pour Sur Sous Avec Sans Après Avant Depuis Pendant Lors Lorsque Quand Si S’ Comme Mais Et Ou Or Donc Car Cependant Toutefois Néanmoins Ainsi Alors Puis Ensuite Enfin Aussi Selon Malgré Chaque Tous Toutes Tout Plusieurs Certains Qui Que Qu’ Quel Quelle Où Pourquoi Comment Aujourd’hui Hier Demain Ici Là D’ D' Ne N’ Bien Même Outre Entre Parmi Non Oui Celui Celle Ceux",
    closers: "»”",
  },
  es: {
    before:
      "Sr Sra Sres Sras Srta D Dña Dr Dra Dres Prof Profa Ing Lic Arq Gral Cnel Cap Tte Sto Sta S Mons Excmo Excma Ilmo Ilma Ud Uds Vd Vds p.~ej p.ej vs cf aprox EE.~UU.~de",
    within:
      "etc EE.~UU EE.UU FF.~AA JJ.~OO RR.~HH S.A S.~A S.L S.~L Cía Ltda Inc Av Avda ene feb abr ago sept oct nov dic a.~C d.~C a.C d.C Jr",
    number: "n núm Núm art Art arts cap Cap fig Fig pág Pág págs p pp vol Vol t tel Tel aprox ap párr No Nº",
    starters:
      "El La Los Las Lo Un Una Unos Unas Él Ella Ellos Ellas Yo Tú Usted Ustedes Nosotros Este Esta Estos Estas Esto Ese Esa Eso Aquel Aquella Su Sus Mi Mis Nuestro Nuestra En De Del Al A Por Para Con Sin Sobre Tras Desde Hasta Entre Según Durante Ante Bajo Mediante Cuando Si Como Aunque Mientras Porque Pero Y O Sin Además También Así Entonces Luego Después Antes Ahora Hoy Ayer Mañana Aquí Allí No Sí Se Me Te Le Les Nos Es Son Fue Era Hay Había Ha Han Todo Todos Todas Cada Muchos Muchas Algunos Algunas Otros Qué Quién Cómo Dónde Por Asimismo Actualmente Tal Tales Finalmente",
  },
  it: {
    before:
      "Sig Sigg Sig.ra Sig.na Sig.~ra Dott Dott.ssa Dr Prof Prof.ssa Avv Ing Arch Geom Rag On Sen Gen Col Cap Ten Mons Don S Ss SS St Spett Egr Gent.ma p.es p.~es per~es es ad~es cfr vs c.d ca cd",
    within:
      "ecc etc S.p.A S.r.l Inc Ltd gen feb mar apr mag giu lug ago set sett ott nov dic a.C d.C a.~C d.~C Jr",
    number: "n nn art Art artt cap Cap fig Fig pag pagg p pp vol Vol t tel Tel co par tab ca",
    starters:
      "Il Lo La I Gli Le L’ L' Un Uno Una Un’ Egli Lui Lei Loro Noi Voi Io Tu Esso Essa Questo Questa Questi Queste Quello Quella Quelli Suo Sua Suoi Sue Nostro Nostra In Nel Nella Nei Nelle Negli Nell’ Di Del Della Dei Delle Da Dal Dalla A Al Alla Ai Alle Per Con Su Sul Sulla Tra Fra Senza Dopo Prima Durante Secondo Quando Se Come Mentre Perché Poiché Sebbene Ma E Ed O Però Tuttavia Inoltre Quindi Così Allora Poi Infine Anche Ora Oggi Ieri Domani Qui Là Non Sì No Si Ci È Sono Era Ha Hanno Tutto Tutti Tutte Ogni Molti Alcuni Alcune Chi Che Cosa Dove Invece Infatti",
  },
  nl: {
    before:
      "dhr Dhr mevr Mevr mw Mw hr Hr dr Dr drs Drs prof Prof ir Ir ing Ing mr Mr ds Ds St Sint gen Gen kol Kol kapt bijv bv d.w.z d.~w.~z m.a.w m.n o.a o.~a o.m i.p.v i.v.m t.a.v t.o.v m.b.t n.a.v t.w z.g zgn zgn vgl vs resp incl excl evt ca jl jongstl Jhr Mej",
    within: "enz etc e.d B.V N.V jan feb mrt apr jun jul aug sept okt nov dec str Jr jr Inc Co a.u.b s.v.p",
    number: "nr Nr nrs art Art blz p pp hfst fig Fig par vol tel Tel afb tab lid ca",
    starters:
      "De Het Een Hij Zij Ze Wij We Ik Jij Je U Men Dit Dat Deze Die Zijn Haar Hun Ons Onze Er Daar Hier In Op Aan Bij Van Voor Met Na Nadat Sinds Tot Tijdens Door Om Over Onder Tussen Volgens Zonder Uit Naar Te Als Toen Wanneer Omdat Hoewel Terwijl Maar En Of Want Dus Echter Daarna Daarom Daarnaast Bovendien Ook Nog Nu Vandaag Gisteren Morgen Alle Alles Veel Sommige Enkele Beide Elke Elk Ieder Niet Geen Wel Wat Wie Waar Waarom Hoe Zo Toch Samen Eerst Vervolgens Later Intussen Ja Nee",
    closers: "”’",
  },
  pt: {
    before:
      "Sr Sra Srs Sras Srta Dr Dra Drs Rev Prof Profa Prof.ª Eng Arq Exmo Exma Ilmo D Gen Cel Cap Ten Mons St Sto Sta S Pe p.~ex p.ex ex vs cf aprox V.~Exa V.Exa",
    within:
      "etc S.A S.~A Ltda Lda Cia Inc Av jan fev abr jun jul ago set out nov dez a.C d.C a.~C d.~C E.U.A Jr",
    number: "n nº núm art Art arts cap Cap fig Fig pág págs p pp vol Vol t tel Tel al aprox inc No",
    starters:
      "O A Os As Um Uma Uns Umas Ele Ela Eles Elas Eu Tu Nós Vós Você Vocês Este Esta Estes Estas Isto Esse Essa Isso Aquele Aquela Seu Sua Seus Suas Meu Minha Nosso Nossa Em No Na Nos Nas De Do Da Dos Das Ao Aos À Às Por Pelo Pela Para Com Sem Sobre Após Desde Até Entre Segundo Durante Quando Se Como Embora Enquanto Porque Mas E Ou Porém Contudo Além Também Assim Então Depois Antes Agora Hoje Ontem Amanhã Aqui Ali Lá Não Sim É São Foi Era Há Tem Todo Todos Todas Cada Muitos Muitas Alguns Algumas Outros Quem Que O Onde Apesar Entretanto Finalmente Num Numa",
  },
  fi: {
    before:
      "esim mm ts ns ko em mt eli tri prof dr ent os vrt ml sis synt s mukaanl noin hra rva nti vt St ao ym.~m t.~s",
    within:
      "jne yms ym ynnä Oy Oyj Ab eKr jKr e.~Kr j.~Kr klo ma ti ke to pe la su tammi helmi maalis alk puh Jr Inc",
    number: "n nro nrot s ss kpl art luku kuva kuv taul osa § vol puh klo n",
    starters:
      "Hän He Se Ne Tämä Nämä Tuo Nuo Minä Sinä Me Te Hänen Heidän Sen Niiden Tämän Siellä Täällä Siitä Sitä Niin Kun Jos Vaikka Koska Mutta Ja Tai Eli Sekä Myös Lisäksi Kuitenkin Silti Siksi Sitten Nyt Tänään Eilen Huomenna Jo Vasta Vain Ei Eivät En Emme On Ovat Oli Olivat Kaikki Monet Jotkut Useat Joka Mikä Kuka Missä Miksi Miten Yksi Kaksi Ensin Lopuksi Toisaalta Esimerkiksi Jälkeen Ennen Aikana Vuonna",
    ordinals: true,
    speech: "sanoi sanoo lisäsi kertoi kysyi totesi huusi jatkoi selitti kirjoitti",
    closers: "”’",
  },
  ru: {
    before:
      "г-н г-жа гг г-да им проф акад доц канд д-р св Св пос дер обл р-н ул просп пр пер бул наб пл д корп кв стр т.~е т.е т.~к т.к т.~н т.н и.~о и.о напр см ср англ нем франц фр лат исп итал рус укр греч букв рис табл ред изд сост пер ок приблиз сокр ген полк кап лейт тел ст гос зам зав мл гр",
    within:
      "г гг в вв н.~э н.э др пр т.~д т.д т.~п т.п руб коп тыс млн млрд долл мин сек ч кг см мм км Ltd Inc Jr США",
    number: "п пп ст ч гл с стр рис табл т тт том вып кн кв д № ок тел",
    starters:
      "Он Она Оно Они Мы Вы Я Ты Это Этот Эта Эти Тот Та Те Его Её Ее Их Наш Наша Свой В Во На По Из За Для До От При Под Над Между После Перед Через Без О Об К Ко С Со У Если Когда Как Хотя Чтобы Потому Но И А Или Однако Также Тоже Кроме Затем Потом Тогда Теперь Сейчас Сегодня Вчера Завтра Здесь Там Так Все Всё Многие Некоторые Каждый Кто Что Где Почему Не Нет Да Ни Уже Ещё Еще Только Даже Был Была Было Были Есть По Согласно Более Ранее Позже Поэтому",
    closers: "»”",
  },
  sv: {
    before:
      "t.ex t.~ex d.v.s d.~v.~s dvs bl.a bl.~a s.k s.~k fr.o.m t.o.m m.a.o p.g.a f.d ev jfr enl inkl exkl resp ca vs Hr hr fr Fr dr Dr prof Prof S:t St tf st fil.dr",
    within:
      "osv etc m.m m.~m m.fl o.d o.~d AB jan feb mars apr jun jul aug sept okt nov dec kl kr tkr mkr milj mdr tel Jr Inc e.Kr f.Kr",
    number: "nr Nr s sid kap Kap art fig Fig bil avd st p vol tel kl ca",
    starters:
      "Den Det De Han Hon Vi Jag Du Ni Man En Ett Detta Denna Dessa Dess Deras Hans Hennes Vår Våra Sin I På Av Till För Från Med Utan Efter Före Under Över Mellan Vid Om När Då Som Eftersom Medan Men Och Eller Dock Också Dessutom Därför Sedan Nu Idag Igår Här Där Alla Allt Många Några Varje Inte Ingen Ja Nej Vad Vem Var Varför Hur Enligt Trots Både Först Redan Bara Är Var Har",
    closers: "”’",
  },
  pl: {
    before:
      "np tzn tj tzw m.in m.~in dr Dr prof Prof mgr inż hab lek doc ks Ks św Św o abp bp gen płk mjr kpt por sierż al ul pl os im płd płn woj pow gm red wyd zob por ew itp.~w ds wg pw dot P",
    within:
      "itd itp etc r w ok godz min sek tys mln mld zł gr p.n.e n.e S.A Sp.~z~o.o sp.~z~o.o o.o stycz lut mar kwiet czerw lip sierp wrzes paźdz listop grudz tel Jr Inc",
    number: "nr Nr art Art ust pkt poz par rozdz rys tab str s t tom wyd zał lit § tel ok godz",
    starters:
      "On Ona Ono Oni One My Wy Ja Ty To Ten Ta Te Ci Tego Tej Tym Jego Jej Ich Nasz Nasza W We Na Z Ze Do Od Dla Po Przed Przez Przy Pod Nad Między Bez O U Za Według Podczas Gdy Kiedy Jeśli Jeżeli Jak Chociaż Choć Ponieważ Ale I A Lub Albo Jednak Także Również Też Ponadto Dlatego Potem Następnie Teraz Dziś Dzisiaj Wczoraj Jutro Tu Tam Tak Wszystko Wszyscy Wiele Niektóre Każdy Kto Co Gdzie Dlaczego Nie Już Jeszcze Tylko Nawet Jest Są Był Była Było Były Mimo Oprócz Zgodnie Obecnie",
    ordinals: true,
    closers: "”»",
  },
};

const none: LanguageRules = { before: "", within: "", number: "", starters: "" };

/** Languages without a list of their own in which a number and a stop is an ordinal. */
const ordinalLanguages = new Set([
  "da",
  "nb",
  "nn",
  "no",
  "cs",
  "sk",
  "sl",
  "hr",
  "sr",
  "bs",
  "hu",
  "et",
  "lv",
  "tr",
  "is",
]);

/** The rules of a BCP 47 tag's language; only ordinals are known of a language that has no list. */
export function rulesOf(language: string): LanguageRules {
  const primary = language.toLowerCase().split(/[-_]/)[0] ?? "";
  return languageRules[primary] ?? (ordinalLanguages.has(primary) ? { ...none, ordinals: true } : none);
}
