import { type Language, phraseTable } from "../to-english.ts";

/** French, without accents and in lower case. */
export const french: Language = {
  telling: new Set(
    "combien quel quelle quels quelles est sont etait le la les des du une par avec dans plus moyenne moyen somme qui quand ou ont ete chaque pour sans entre y sur contre comparer comparez montre".split(
      " ",
    ),
  ),
  adjectivesFollow: true,
  phrases: phraseTable(`
    combien de|combien d|combien y a t il de|nombre de|le nombre de|combien = how many
    quel est|quelle est|quels sont|quelles sont|quel etait|quelle etait|quelle est la|quel est le = what is the
    quel|quelle|quels|quelles|dans quel|dans quelle = which
    qui = who
    quand = when
    montre|affiche|liste|donne = show
    le|la|les|l|un|une|est|sont|etait|etaient|ete|y|il|t|c|se = the
    a|ont|avait|avaient = has
    de|du|des|d = of
    et = and
    ou = or
    en|dans|au|aux|sur = in
    a partir de|depuis = since
    avec = with
    sans = without
    pas|non|ne|n = not
    sauf|hors = except
    par|pour chaque|par chaque = per
    chaque = each
    pour = for
    entre = between
    jusqu a|a = to
    avant|avant le = before
    apres|apres le = after
    total|totale|totaux|somme|somme des|la somme des|somme de|la somme de|au total = total
    moyen|moyenne|moyens|moyennes|en moyenne|moyenne des|la moyenne des|la moyenne de|moyenne de = average
    mediane|median = median
    le plus eleve|la plus elevee|plus eleve|plus elevee|le plus haut|le plus grand|la plus grande|plus grand|plus grande|plus haut|plus haute|maximum|maximal|maximale = highest
    le plus de|le plus|la plus|les plus = the most
    le plus bas|la plus basse|plus bas|plus basse|le plus petit|la plus petite|plus petit|plus petite|le plus faible|plus faible|le moins|minimum|minimal|minimale = lowest
    plus cher|plus chere|le plus cher|la plus chere = most expensive
    deuxieme|second|seconde|2e|2eme = second
    troisieme|3e|3eme = third
    quatrieme|4e|4eme = fourth
    compare|comparer|comparez|comparaison|comparaison de|comparaison entre = compare
    contre|par rapport a|face a|compare a|comparee a = versus
    ainsi que = and
    combien de temps|combien de temps faut|combien de temps faut il|en combien de temps = how long
    ecoules|ecoulees|s ecoulent|se sont ecoules = elapsed
    vendu|vendus|vendue|vendues|vend|vendent = sold
    depense|depenses|ont depense|a depense = spent
    differents|differentes|distincts|distinctes = different
    top = top
    premier|premiere|premiers|premieres = first
    dernier|derniere|derniers|dernieres = last
    plus de|superieur a|superieure a|superieurs a|superieures a = more than
    moins de|inferieur a|inferieure a|inferieurs a = less than
    au moins = at least
    au plus = at most
    exactement = exactly
    part|part de|la part de|pourcentage|pourcentage de = share
    difference = difference
    variation|evolution = change
    annee|annees|an|ans = year
    trimestre|trimestres = quarter
    mois = month
    semaine = week
    jour|jours = day
    tous|toutes|tout = all
    manque|manquants|manquantes|manquant = missing
    vide|vides = empty
  `),
};
