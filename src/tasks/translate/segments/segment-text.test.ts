import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { segmentText } from "./segment-text.ts";

/** The sentences are parted by `|` with the white space on its sides; `‖` parts them with none. */
const traps: readonly (readonly [language: string, marked: string])[] = [
  ["en", "Mr. Smith met Dr. Jones. |They left at 5 p.m. on Friday."],
  ["en", "He lives in the U.S. Senate building. |She doesn't."],
  ["en", "The hurricane nears the U.S. |As it approaches, people leave."],
  ["en", "1. Open the file. |2. Close it."],
  ["en", "J. R. R. Tolkien wrote it. |C. S. Lewis read it."],
  ["en", "See Fig. 3 and Sec. 2.1 for more. |It is on p. 12."],
  ["en", '"Stop!" he said. |Then he left.'],
  ["en", '"There\'s a shark!" Hammel added. |Nobody moved.'],
  ["en", "Apple Inc. bought it. |They paid Acme Ltd. |The board agreed."],
  ["en", "Really?! |Yes (at least I think so). |Good."],
  ["en", "We use Node.js 24.1 and e.g. version 3.2.1. |Both work."],
  ["en", "Well... maybe not. |Wait… what?"],
  ["en", "I paid $1.50. |You paid nothing, i.e. Nothing at all."],
  ["en", "He got a Ph.D. in 1999. |So did I. |Then we met."],
  ["en", "It opens at 9 a.m. Eastern time. |Come early."],
  ["en", "(See above.) |Next one."],
  ["de", "Am 3. Oktober war Dr. Müller z. B. in Bonn. |Danach nicht."],
  ["de", "In der 89. Minute fiel das Tor. |Es war das 3. Spiel."],
  ["de", "Er sagte: „Ich komme nicht.“ |Dann ging er."],
  ["de", "Das kostet ca. 5 Mio. Euro, d. h. viel. |Siehe Abb. 3 bzw. Kap. 4."],
  ["de", "Huber, Maier usw. |Der Rest kam am 2. |Das war alles."],
  ["fr", "M. Dupont et Mme. Durand sont là. |Ils partent."],
  ["fr", "Il a dit : « C’est fini. » |Elle est partie."],
  ["fr", "Voir p. ex. la fig. 3, art. 5. |Attention ! |Il pleut."],
  ["fr", "« Un requin ! », explique Chad. |Tous sortent."],
  ["fr", "Né en 50 av. J.-C. à Rome, il partit. |L’armée suivit."],
  ["es", "El Sr. García vive en EE. UU. desde 1999. |La Sra. López no."],
  ["es", "¿Qué pasa? |¡Nada! |Vea la pág. 5, p. ej. la tabla."],
  ["es", "Llegó a las 5 p. m. del lunes. |No vino nadie."],
  ["it", "Il Sig. Rossi e la Dott.ssa Bianchi arrivano. |Poi partono."],
  ["it", "Vedi pag. 3, art. 7, ad es. la tabella. |Ecco."],
  ["nl", "Dhr. Jansen en mevr. De Vries komen. |Zij blijven o.a. hier."],
  ["nl", "Zie blz. 4, d.w.z. het einde. |Dat is alles."],
  ["pt", "O Sr. Silva e a Dra. Costa chegaram. |Eles saíram às 5 p.m. de ontem."],
  ["pt", "Veja a pág. 3, art. 5, p. ex. a tabela. |É isso."],
  ["fi", "Hän tuli 3. tammikuuta klo 5.30. |Se oli esim. hyvä."],
  ["fi", "”Vedessä on hai!” Hammel lisäsi. |”Huusin”, hän sanoi. |”Kaikki kuulivat.”"],
  ["ru", "Он жил в г. Москве на ул. Ленина, д. 5. |Потом уехал в 2010 г. |Она осталась."],
  ["ru", "А. С. Пушкин родился в 1799 г. в Москве. |Это т. е. давно."],
  ["ru", "«Где он?» — спросила она. |«Не знаю», — сказал г-н. Иванов."],
  ["sv", "Han bor t.ex. i Malmö, bl.a. nära S:t Knut. |Det är bra."],
  ["sv", "Se s. 5, kap. 3 o.s.v. i boken. |Den är ny."],
  ["pl", "Prof. Kowalski mieszka np. przy ul. Długiej. |To blisko."],
  ["pl", "W 2. połowie XX w. było tak, tzn. źle. |Potem lepiej."],
  ["zh", "他说：“我不去。”‖然后他走了。‖“为什么？”‖没有人知道。"],
  ["ja", "「行く。」と彼は言った。‖誰も来ない。‖「なぜ？」"],
  ["en", "The meeting with Gov. Newsom was at 10 a.m. |Nobody came."],
  ["en", "Contact us at info@example.com. |We reply by Wed. 5 May."],
  ["en", "She asked, “Why me?” |No one answered."],
  ["en", "Acme Corp. v. Smith et al. was decided in Jan. 2020. |The court agreed."],
  ["en", "a) Read this. |b) Read that."],
  ["en", "Section 4.2. Liability of the parties. |Each party is liable."],
  ["en", 'He said: "I\'m done." |She nodded.'],
  ["en", "It costs approx. 20 USD vs. 30 EUR. |2019 was worse."],
  ["en", "Maj. Gen. Lee and Lt. Col. Ray met Pres. Ford. |That was all."],
  ["de", "Laut § 3 Abs. 2 Nr. 4 BGB gilt das nicht. |Vgl. Rn. 12."],
  ["de", "Sie wohnt in der Str. des 17. Juni. |Er auch."],
  ["de", "Der 1. FC Köln gewann am 4. Spieltag. |Im Jahr 2019 nicht. |2020 auch nicht."],
  ["de", "„Halt!“, rief er. |„Wer da?“ |Niemand antwortete."],
  ["de", "Frau Prof. Dr. h. c. Meier sprach u. a. über Kant. |Hegel fehlte."],
  ["fr", "Mme Curie (cf. p. 12) a écrit etc. |Elle est née en 1867."],
  ["fr", "Qui est là ? |Personne… |Rien."],
  ["fr", "Le no. 5 et le chap. 3 manquent. |C’est dommage."],
  ["es", "D. Juan y Dña. Ana llegaron. |«¿Quién es?», preguntó él. |Nadie."],
  ["it", "Il Prof. Bianchi disse: «Basta!» |Poi uscì. |S. Pietro è a Roma."],
  ["nl", "Het is bijv. 5 km. |Daarna stopt het. |Prof. dr. Smit zei: ‘Nee.’ |Hij ging."],
  ["pt", "Chegou o Eng. Souza, da Av. Paulista, n. 10. |“Olá!”, disse."],
  ["fi", "Tri Virtanen ym. tulivat. |He lähtivät 5. päivänä. |Ks. s. 3."],
  ["ru", "См. рис. 3 и табл. 4. |Это стоит 5 тыс. руб. |Он купил."],
  ["sv", "Kl. 15.30 kom hon, dvs. för sent. |Han hade gått ca. 5 min. tidigare."],
  ["pl", "Mieszka na os. Piastów 3 m. 5, tj. daleko. |Nr. 7 jest wolny. |Ks. Jan przyszedł."],
  ["ja", "彼は「はい。」と答えた。‖本当？‖はい！"],
  ["fr", "Il vit aux U.S.A. depuis 2 ans. |Paul aussi."],
  ["en", "Mt. Everest is 8,849 m. high. |St. Helens isn't. |No. 1 is Everest."],
  ["en", "Gen. Powell spoke at the U.N. on Feb. 5. |Critics disagreed."],
  ["en", "Is this for Mrs. O'Neil? |It is. |She ordered no. 7."],
  ["en", "The firm, Baker Bros. Ltd., closed. |Profits fell 3.5 percent."],
  ["en", "“We won!” the coach shouted. |Fans cheered."],
  ["en", "Version 2.0. is out. |Get it at www.example.org. |Enjoy!"],
  ["de", "Er kam am 24. Dez. 2020 um 8 Uhr. |Sie kam später."],
  ["de", "Das steht auf S. 12 ff. |Siehe auch Abb. 4. |Mehr folgt."],
  ["de", "Der Vorstand (Hr. Müller, Fr. Schmidt u. a.) tagte. |Beschlossen wurde nichts."],
  ["fr", "Le Dr. Martin, M. Petit et al. ont publié leurs résultats. |C'est tout."],
  ["fr", "Pourquoi ? dit-il. |Parce que ! |Ah bon."],
  ["es", "La Dra. Pérez atendió al Gral. Franco. |Después murió. |¡Qué cosa!"],
  ["it", "L'Ing. Verdi, nato il 3 sett. 1950, vive a Roma. |È sposato."],
  ["nl", "Mr. A. B. de Vries (o.a. bekend van tv) kwam. |Hij zei niets."],
  ["pt", "O art. 5, inc. III, da lei vale. |O Gen. Costa discordou."],
  ["fi", "Kokous pidettiin ma 5.3. klo 12. |Mukana oli n. 20 henkeä."],
  ["ru", "В 2020 г. компания заработала 5 млрд. долл. |Это рекорд."],
  ["ru", "Проф. И. И. Петров и др. написали статью. |Она вышла."],
  ["ja", "価格は3.5ドルです。‖安いですか。‖（いいえ。）"],
  ["zh", "价格是3.5元。‖“太贵了。”‖他走了。"],
  ["en", "First line\n|Second line"],
];

const unmarked = (marked: string): { text: string; sentences: string[] } => ({
  text: marked.replace(/[|‖]/g, ""),
  sentences: marked.split(/[|‖]/).map((part) => part.trim()),
});

describe("segmentText", () => {
  it.each(traps)("parts %s: %s", (language, marked) => {
    const { text, sentences } = unmarked(marked);
    expect(segmentText(text, language).map(({ start, end }) => text.slice(start, end))).toEqual(sentences);
  });

  it("gives ranges in order without white space at their ends, and leaves out nothing else", () => {
    const fragments = fc.constantFrom(
      "Dr.",
      " ",
      "A",
      "b",
      "1.",
      "?",
      "“",
      "”",
      "\n",
      "。",
      "「",
      "…",
      "\ud800",
      "»",
    );
    fc.assert(
      fc.property(
        fc.array(fragments, { maxLength: 30 }),
        fc.constantFrom("en", "de", "zh", "xx-invalid-tag-", "", "ja"),
        (parts, language) => {
          const text = parts.join("");
          let at = 0;
          for (const { start, end } of segmentText(text, language)) {
            expect(text.slice(at, start).trim()).toBe("");
            expect(text.slice(start, end).trim()).toBe(text.slice(start, end));
            expect(end).toBeGreaterThan(start);
            at = end;
          }
          expect(text.slice(at).trim()).toBe("");
        },
      ),
    );
  });

  it("stands a long text without an end and one of stops only", () => {
    expect(segmentText("word ".repeat(40_000), "en")).toHaveLength(1);
    expect(segmentText("a. ".repeat(20_000), "en")).toHaveLength(1);
    expect(segmentText("好。“好。”".repeat(5000), "zh").length).toBeGreaterThan(1000);
  });
});
