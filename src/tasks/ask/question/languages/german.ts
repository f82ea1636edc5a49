import { type Language, phraseTable } from "../to-english.ts";

/** German, without umlauts and in lower case. */
export const german: Language = {
  telling: new Set(
    "wie viele viel der die das welche welcher welches ist sind war waren und im pro hoch hochste hochsten durchschnitt durchschnittliche gesamt summe wer wann wo vergleiche gegenuber zwischen wurden wurde hat haben mit von den fur nach ohne nicht zeige".split(
      " ",
    ),
  ),
  phrases: phraseTable(`
    wie viele|wieviele|anzahl der|die anzahl der|anzahl|wie oft = how many
    wie viel|wieviel|wie hoch = how much
    wie hoch ist|wie hoch sind|wie hoch war|wie hoch waren|wie gross ist = what is
    was|was ist|was sind|was war = what is
    welche|welcher|welches|welchen|welchem|in welchem|in welcher = which
    wer = who
    wann = when
    wo = where
    zeige|zeig|liste|nenne = show
    der|die|das|den|dem|des|ein|eine|einen|einem|einer|es|gibt|gab|ist|sind|war|waren|wurde|wurden|worden|wird|werden = the
    hat|haben|hatte|hatten = has
    und = and
    oder = or
    in|im|am|an|auf = in
    von|vom|zwischen = from
    aus|bei|beim = from
    mit = with
    ohne = without
    nicht = not
    kein|keine|keinen = no
    ausser = except
    pro|je = per
    fur = for
    nach = by
    fur jeden|fur jede|fur jedes|jeder|jede|jedes|jedem = each
    bis|bis zum = to
    seit|seit dem = since
    vor|vor dem = before
    nach dem = after
    gesamt|gesamte|gesamten|gesamter|insgesamt|summe|summe der|summe des|die summe = total
    durchschnitt|durchschnittliche|durchschnittlichen|durchschnittlicher|durchschnittlich|mittlere|mittleren|im durchschnitt = average
    median = median
    hochste|hochsten|hochster|hochstes|grosste|grossten|grosster|grosstes|meisten|meiste|maximale|maximaler|maximum = highest
    am meisten|die meisten|den meisten = the most
    niedrigste|niedrigsten|niedrigster|kleinste|kleinsten|wenigsten|geringste|geringsten|minimale|minimum|tiefste = lowest
    zweithochste|zweithochsten|zweithochster|zweitgrosste|zweitgrossten = second highest
    zweitmeisten|am zweitmeisten = second most
    dritthochste|dritthochsten|dritthochster|drittgrosste|drittgrossten = third highest
    drittmeisten|am drittmeisten = third most
    zweitniedrigste|zweitniedrigsten|zweitkleinste|zweitkleinsten = second lowest
    drittniedrigste|drittniedrigsten|drittkleinste|drittkleinsten = third lowest
    zweitalteste|zweitaltesten = second oldest
    zweitjungste|zweitjungsten = second youngest
    zweitteuerste|zweitteuersten = second most expensive
    zweite|zweiten|zweiter|zweites = second
    dritte|dritten|dritter|drittes = third
    vierte|vierten|vierter = fourth
    vergleiche|vergleich|vergleich von|vergleich der|vergleich zwischen = compare
    im vergleich zu|im vergleich mit|verglichen mit|gegenuber|gegen = versus
    sowie|und auch = and
    wie lange|wie lange dauert es|wie lange dauerte es|wie lange dauert|wie lange dauerte|wie lang = how long
    dauerte|dauerten|dauert|dauern|brauchte|brauchten = took
    liegen|liegt|lagen|lag|vergehen|vergingen|vergangen = lay
    verkauft|verkaufte|verkauften = sold
    ausgegeben = spent
    langste|langsten|langster|am langsten = longest
    kurzeste|kurzesten|kurzester|am kurzesten = shortest
    verschiedene|verschiedenen|unterschiedliche|unterschiedlichen = different
    top = top
    teuerste|teuersten = most expensive
    billigste|gunstigste|gunstigsten = cheapest
    erste|ersten|erster = first
    letzte|letzten|letzter = last
    alteste|altesten|alteste = oldest
    jungste|jungsten = youngest
    mehr als|grosser als|hoher als|uber = more than
    weniger als|kleiner als|niedriger als|unter = less than
    mindestens = at least
    hochstens|maximal = at most
    genau = exactly
    anteil|anteil der|prozentsatz|wie viel prozent = share
    prozent = percent
    unterschied|differenz = difference
    veranderung|anderung = change
    jahr|jahre|jahren = year
    quartal = quarter
    monat|monate|monaten|monatlich = month
    woche = week
    tag|tage = day
    wochentag = weekday
    alle|allen|aller = all
    fehlt|fehlen|fehlende|fehlenden = missing
    leer = empty
  `),
};
