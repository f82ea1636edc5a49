import type { Concept } from "./concept.ts";
import type { Language } from "./language.ts";

/** Infinitives by what they do; behind `=` stand nouns and irregular forms that are taken as they are. */
export const verbs: readonly (readonly [Language, Concept, string])[] = [
  [
    "en",
    "up",
    "advance climb expand surge soar jump leap improve rebound recover strengthen accelerate swell increase gain escalate widen rocket rally boost = upturn uplift upswing swollen leapt mounted mounting",
  ],
  [
    "en",
    "down",
    "tumble plunge plummet slump dip retreat weaken deteriorate erode diminish dwindle soften recede worsen collapse decline decrease drop reduce slide shed shrink = shrunk sunk sinking sinks slid contracted contracting downturn shortfall lessened lowered eased subsided setback",
  ],
  ["en", "move", "develop evolve shift swing = changes changing evolution"],
  [
    "en",
    "be",
    "land arrive settle register tally attract draw welcome host handle process serve ship manage clock log realise realize collect secure gather carry boast notch garner capture dispatch fetch earn generate contribute house enjoy employ manufacture purchase buy harvest treat admit deliver = drew drawn left won rang pulled hauled bought made stood wound grossed netted rated show",
  ],
  [
    "en",
    "without",
    "aim hope intend want strive seek anticipate foresee budget envisage = aims hopes seeks sought pipeline backlog ambition ambitions outlook guidance",
  ],
  ["en", "share", "= slice portion weight"],
  [
    "de",
    "up",
    "steigern erhöhen klettern zulegen verbessern expandieren ausweiten vergrößern verstärken = wachst steigt steigend ansteigen anstieg anstiegen zunimmt zugenommen anzog angezogen sprang sprangen schnellte schnellten aufschwung gewann gewannen verstarkt verteuerten verteuerte steigerungen erhohung wachsen gewachsen hohere hoheren",
  ],
  [
    "de",
    "down",
    "verringern schrumpfen reduzieren verschlechtern vermindern schmälern absacken einbüßen senken verkleinern = sinkt sinken sinkend gesenkt fallt ruckgangig abnimmt abgenommen nachgab nachgegeben einbruch einbussen einbusse eingebrochen abgesackt eingebusst gerutscht rutschte rutschten sackte sackten senkung verminderung ruckgangen schwacher niedrigere niedrigeren",
  ],
  ["de", "move", "entwickeln verändern wandeln = entwicklung veranderung"],
  [
    "de",
    "be",
    "verbuchen erreichen erzielen erwirtschaften generieren verzeichnen melden registrieren zählen buchen verkaufen bearbeiten beschäftigen liefern fertigen produzieren herstellen beziffern summieren = blieb blieben bleibt kam kamen floss flossen fliessen gab gaben verliess verliessen schlug schlugen schloss schlossen ging eingenommen abgeschlossen trug schlagen standen arbeiten arbeiteten arbeitete arbeitet spielte spielten erbrachte erbrachten lieferte bescherte bescherten umfasste umfassten hinzugekommen",
  ],
  [
    "de",
    "without",
    "erwarten hoffen anstreben planen prognostizieren beabsichtigen = strebt strebte will wollen ziel zielt",
  ],
  [
    "fr",
    "up",
    "augmenter progresser grimper bondir gagner améliorer monter rebondir redresser élargir = croit croissent crois accru accrue accrus accrues accroit bond essor rebond envole envolent envolees superieur superieure superieurs superieures hausses augmentations amelioration montee",
  ],
  [
    "fr",
    "down",
    "baisser diminuer reculer chuter fléchir contracter céder effriter régresser replier plonger dégrader éroder = perdu perdue perd perdent perdait inferieur inferieure inferieurs inferieures contraction decroit decrue repli erosion flechissement reduction reduit reduite reduits reduites reduisent degradation effondre effondree baisses",
  ],
  ["fr", "move", "évoluer passer = evolution"],
  [
    "fr",
    "be",
    "totaliser réaliser enregistrer afficher atteindre dégager générer compter employer signer conclure traiter vendre écouler verser peser accueillir recevoir culminer clôturer établir chiffrer élever produire livrer = realise degage ont atteint atteignent conclu conclus conclue vendu vendus verse versee verses pese pesent pesaient recu recus recues chiffrent chiffre elevent ressortent parvenues parvenu parvenus signe accueilli produit reste restent",
  ],
  [
    "fr",
    "share",
    "concentrer représenter constituer = revient revenait revenaient poids contribution contribue contribuent",
  ],
  [
    "fr",
    "without",
    "viser espérer tabler prévoir attendre = vise visent espere attend attendu attendus attendue attendues objectif",
  ],
  [
    "es",
    "up",
    "aumentar crecer subir incrementar avanzar mejorar escalar trepar repuntar ganar ampliar expandir progresar disparar acelerar = alza alzas subida superior superiores avance mejora repunte crecimiento crece crecen aumentos incrementos",
  ],
  [
    "es",
    "down",
    "bajar disminuir caer descender reducir retroceder perder contraer ceder recortar desplomar hundir mermar empeorar decrecer = caida cayo cayeron cae caen redujo redujeron retroceso inferior inferiores merma recorte baja desplome bajada descenso contrajo contrajeron disminuye disminuyo disminuyeron reduccion pierde pierden",
  ],
  ["es", "move", "pasar evolucionar mover cambiar = evolucion"],
  [
    "es",
    "be",
    "totalizar sumar alcanzar registrar facturar lograr cerrar vender recibir atender gestionar tramitar prestar acoger adquirir comprar entrar llegar aportar dejar colocar destinar pagar costar contabilizar producir emplear situar cifrar = obtuvo obtuvieron quedo quedaron recibimos registramos vendimos pagamos costo fueron atendio supuso supone suponen fabrico fabricaron",
  ],
  ["es", "share", "concentrar representar constituir corresponder = peso"],
  ["es", "without", "esperar prever aspirar pretender = espera esperan preve preven previsto meta objetivo"],
  [
    "pt",
    "up",
    "aumentar crescer subir incrementar avançar melhorar progredir disparar ganhar expandir acelerar elevar = alta superior superiores acrescimo avanco subida melhoria aumentos elevacao",
  ],
  [
    "pt",
    "down",
    "diminuir cair descer baixar recuar reduzir perder contrair encolher ceder decrescer piorar retrair = queda quedas descida reducao diminuicao inferior inferiores recuo quebra decrescimo baixa caem cai caiu cairam contracao reduz",
  ],
  ["pt", "move", "passar evoluir mudar = evolucao"],
  [
    "pt",
    "be",
    "totalizar somar atingir alcançar registar registrar faturar obter gerar render processar receber vender comprar encerrar terminar fechar fixar ficar acolher trabalhar cifrar gastar pagar custar empregar garantir trazer chegar situar produzir = trouxe trouxeram recebemos vendemos gastamos pagamos obteve obtiveram houve tem teve",
  ],
  ["pt", "share", "concentrar representar constituir corresponder = peso coube couberam"],
  ["pt", "without", "esperar prever visar pretender = espera esperam preve meta objetivo"],
];
