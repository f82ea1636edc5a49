/** Verbs that only report: `amounted`, `betrug`, `ascendió`. */
export const reporting: string = `was were is are be been being amounted amounts totalled totaled totals reached reaches stood stands came comes hit recorded records reported reports posted generated achieved booked sold sells earned brought delivered produced saw sees closed finished ended showed shows had has have counted numbers numbered registered received placed took spent paid ran equalled yielded worked handled shipped ordered opened resolved employed raised turned wrote made did there attained touched invested used consumed processed served completed logged tallied averaged remained
  betrug betrugen betragt betragen lag lagen liegt liegen erreichte erreichten erreicht erreichen belief beliefen belauft sich erzielte erzielten erzielt kam kamen verzeichnete verzeichneten verzeichnet erwirtschaftete erwirtschafteten erwirtschaftet summierte summierten summiert stand standen ergab ergaben brachte brachten wies wiesen wurden wurde war waren ist sind gab hatte hatten hat haben zahlte zahlten gezahlt verkaufte verkauften verkauft kostete kosteten ein aus es gingen eingegangen gemeldet registriert registrierte registrierten leistete leisteten geleistet gebucht erfasst gab es schloss beschaftigte beschaftigten bearbeitet bearbeitete bearbeiteten gekauft bestellt bestellte bestellten setzte um umgesetzt gemacht
  est sont etait etaient fut furent a ont avait avaient ete eleve elevee eleves elevees elevait elevaient s est etabli etablie etablis etablies atteint atteinte atteignait atteignaient atteignent totalise totalisait enregistre enregistree enregistrees enregistres realise realisee realisees realises genere generee compte comptait comptaient vendu vendus vendue vendues affiche affichait ressort monte y se il ete passees passe recu recue recus recues traite traites traitees connu
  fue fueron es son era eran ha han habia ascendio ascendieron asciende ascienden alcanzo alcanzaron alcanza sumo sumaron registro registraron registrado registrados registradas totalizo totalizaron se situo situaron llego llegaron genero generaron vendio vendieron vendido vendidos vendidas obtuvo obtuvieron tuvo tuvieron hubo cerro logro lograron facturo facturaron recibio recibieron recibido realizo realizaron
  foi foram e sao era eram tem teve tiveram atingiu atingiram somou somaram totalizou totalizaram registou registrou registaram registraram registado registrados chegou chegaram gerou geraram vendeu venderam vendido vendidos vendidas ficou ficaram obteve obtiveram houve alcancou alcancaram cifrou cifraram situou situaram faturou faturaram fechou recebeu receberam realizou realizaram fixou fixaram`;

/** Words that lead to a place, a time or a part. */
export const inWords: string = `in for during over within at on across throughout
  im in am an bei beim fur wahrend auf zur zum ins uber
  en dans au aux pour pendant sur durant a chez
  en para durante sobre al a
  em no na nos nas para durante ao a`;
/** Words that lead to what something belongs to. */
export const ofWords: string = `of from by with s
  von vom der des aus mit durch
  de du des d par avec
  de del con por
  de do da dos das com por pelo pela`;
/** Articles, pronouns and the like. */
export const smallWords: string = `the a an our its their this these those his her my your it they we he she as also both all so then than such there here us who whom whose just again once
  der die das den dem des ein eine einen einem einer eines unser unsere unserer unseren unserem ihr ihre ihrer ihren sein seine dieser diese dieses diesem diesen auch sowohl wir sie er es man dort hier damit dabei davon daran dazu darin hinzu ebenfalls wieder zu zuruck ab
  le la les l un une notre nos votre son sa ses leur leurs ce cet cette ces c nous ils elle elles aussi y qu que n m t s soit ici
  el la los las un una unos unas nuestro nuestra nuestros nuestras su sus este esta estos estas lo le les nos tambien ello asi eso
  o a os as um uma uns umas nosso nossa nossos nossas seu sua seus suas este esta estes estas isso isto tambem se lhe`;
/** Words that narrow nothing. */
export const mildWords: string = `full different distinct unique verschiedene verschiedenen unterschiedliche unterschiedlichen differents differentes distintos distintas diferentes second third fourth zweit dritt viert deuxieme troisieme segundo segunda tercer tercera terceiro terceira company group business firm companys team organisation organization period report reporting time far already still even now therefore thus moreover furthermore additionally meanwhile slightly sharply strongly significantly clearly again respective strong solid record good new impressive healthy robust remarkable considerable substantial weak poor disappointing steady actual achieved recorded reported figure figures value result results level whole entire same day days thanks value worth sum market region regions end start beginning close books accounts payroll system table chart board bottom line course year-end order-book alone single typical individual overall desk crew staff service department sum
  aller alle allen samtliche samtlichen samtlicher jahresende ende beginn buche strich bucher regionen standort standorte verlauf lager system tabelle gehaltsliste lohnliste jahresanfang monatsende quartalsende monatsanfang
  unternehmen unternehmens konzern firma gruppe damit bereits noch sogar nun leicht stark deutlich kraftig spurbar solide starke starken starker gute guten guter schwache schwachen gesamtes ganze ganzen zeitraum berichtszeitraum dank wert betrag hohe hoch ergebnis
  fin debut cours mois titre total ensemble service agence agences equipe tableau site sites
  entreprise societe groupe deja encore ainsi legerement fortement nettement sensiblement bon bonne forte fort solide faible periode exercice niveau montant valeur resultat hauteur meme tout toute toutes tous
  cierre final inicio largo conjunto equipo centro centros tabla sede sedes acumulado termino curso
  empresa compania grupo ya aun incluso ligeramente fuertemente notablemente buen buena fuerte solido periodo nivel valor resultado todo toda todos todas
  empresa companhia grupo ja ainda ligeiramente fortemente nitidamente bom boa forte solido periodo nivel valor resultado todo toda todos todas montante fim final inicio longo conjunto equipa equipe loja lojas tabela acumulado encerramento curso produto produtos`;
