import { type Language, phraseTable } from "../to-english.ts";

/** Spanish, without accents and in lower case. */
export const spanish: Language = {
  telling: new Set(
    "cuantos cuantas cuanto cuanta cual cuales que quien cuando es son fue el la los las del una por con en mas promedio media suma hay tiene tienen cada para sin entre y muestra frente compara comparar".split(
      " ",
    ),
  ),
  adjectivesFollow: true,
  phrases: phraseTable(`
    cuantos|cuantas|numero de|el numero de|cantidad de|cuantos hay|cuantas hay = how many
    cuanto|cuanta = how much
    cual es|cuales son|cual fue|cual era|cuanto es|cuanto fue|cuanto suma|cuanto suman = what is
    cual|cuales|que|en que = which
    quien|quienes = who
    cuando = when
    muestra|lista|dame = show
    el|la|los|las|lo|un|una|es|son|fue|fueron|era|eran|hay|hubo|se|al = the
    tiene|tienen|tuvo|tuvieron|ha|han = has
    de|del = of
    y|e = and
    o|u = or
    en = in
    desde = since
    con = with
    sin = without
    no = not
    excepto|salvo = except
    por|por cada = per
    cada = each
    para = for
    entre = between
    hasta|a = to
    antes de|antes del = before
    despues de|despues del = after
    total|totales|suma|suma de|la suma de|en total = total
    promedio|media|medio|medios|promedio de|el promedio de|la media de|en promedio = average
    mediana = median
    mas alto|mas alta|mas altos|mas grande|mas grandes|mayor|mayores|maximo|maxima = highest
    mas = the most
    mas bajo|mas baja|mas bajos|mas pequeno|mas pequena|menor|menores|minimo|minima|menos = lowest
    mas caro|mas cara = most expensive
    mas barato|mas barata = cheapest
    segundo|segunda|segundos|segundas = second
    tercer|tercero|tercera = third
    cuarto|cuarta = fourth
    compara|comparar|compare|comparacion|comparacion de|comparacion entre = compare
    frente a|contra|comparado con|comparada con|en comparacion con|respecto a = versus
    asi como = and
    cuanto tiempo|cuanto tarda|cuanto tardo|cuanto tiempo tarda|cuanto tiempo pasa = how long
    pasan|pasaron|transcurren|transcurrieron = pass
    vendieron|vendio|vendido|vendidos|vende|venden = sold
    gastaron|gastan|gastado = spent
    diferentes|distintos|distintas = different
    top = top
    primer|primero|primera|primeros|primeras = first
    ultimo|ultima|ultimos|ultimas = last
    mas de|mayor que|mayor a|superior a|superiores a|mayores que = more than
    menos de|menor que|menor a|inferior a|inferiores a = less than
    al menos|como minimo = at least
    como maximo = at most
    exactamente = exactly
    porcentaje|porcentaje de|proporcion|proporcion de|parte = share
    diferencia = difference
    cambio|variacion = change
    ano|anos = year
    trimestre|trimestres = quarter
    mes|meses = month
    semana = week
    dia|dias = day
    todos|todas = all
    falta|faltan = missing
    vacio|vacia|vacios|vacias = empty
  `),
};
