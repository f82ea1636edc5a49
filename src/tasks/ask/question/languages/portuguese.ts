import { type Language, phraseTable } from "../to-english.ts";

/** Portuguese, without accents and in lower case. */
export const portuguese: Language = {
  telling: new Set(
    "quantos quantas quanto quanta qual quais que quem quando e sao foi o a os as do da dos das um uma por com em no na nos nas mais media medio soma ha tem cada para sem entre mostre compare comparar frente".split(
      " ",
    ),
  ),
  adjectivesFollow: true,
  phrases: phraseTable(`
    quantos|quantas|numero de|o numero de|quantidade de|quantos ha|quantas ha = how many
    quanto|quanta = how much
    qual e|quais sao|qual foi|qual era|quanto e|quanto foi = what is
    qual|quais|que|em que|em qual = which
    quem = who
    quando = when
    mostre|liste|mostra|lista = show
    o|a|os|as|um|uma|sao|foi|foram|era|eram|ha|houve|se|ao|existem = the
    tem|tiveram|teve|tinha|tinham = has
    de|do|da|dos|das = of
    e = and
    ou = or
    em|no|na|nos|nas = in
    desde = since
    com = with
    sem = without
    nao = not
    exceto|salvo|menos o|menos a = except
    por|por cada = per
    cada = each
    para = for
    entre = between
    ate = to
    antes de|antes do|antes da = before
    depois de|depois do|depois da|apos = after
    total|totais|soma|soma de|a soma de|no total = total
    media|medio|medios|medias|media de|a media de|a media do|a media da|em media = average
    mediana = median
    mais alto|mais alta|mais altos|maior|maiores|maximo|maxima = highest
    mais|com mais = the most
    mais baixo|mais baixa|mais baixos|menor|menores|minimo|minima = lowest
    mais caro|mais cara = most expensive
    mais barato|mais barata = cheapest
    mais antigo|mais antiga = oldest
    mais longo|mais longa = longest
    mais curto|mais curta = shortest
    segundo|segunda|segundos|segundas = second
    terceiro|terceira = third
    quarto|quarta = fourth
    compare|comparar|compara|comparacao|comparacao de|comparacao entre = compare
    frente a|contra|comparado com|comparada com|em comparacao com = versus
    assim como|bem como = and
    quanto tempo|quanto tempo demora|quanto tempo leva|quanto demora = how long
    passam|passaram|decorrem = pass
    venderam|vendeu|vendido|vendidos|vende|vendem = sold
    gastaram|gastou|gastam = spent
    diferentes|distintos|distintas = different
    primeiro|primeira|primeiros|primeiras = first
    ultimo|ultima|ultimos|ultimas = last
    mais de|mais do que|mais que|maior que|maior do que|superior a|superiores a = more than
    menos de|menos do que|menor que|menor do que|inferior a|inferiores a = less than
    pelo menos|no minimo = at least
    no maximo = at most
    exatamente = exactly
    percentagem|porcentagem|percentagem de|porcentagem de|proporcao|proporcao de|parcela = share
    diferenca = difference
    variacao|mudanca = change
    ano|anos = year
    trimestre|trimestres = quarter
    mes|meses = month
    semana = week
    dia|dias = day
    todos|todas = all
    falta|faltam = missing
    vazio|vazia|vazios|vazias = empty
  `),
};
