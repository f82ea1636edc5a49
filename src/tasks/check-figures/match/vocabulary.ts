import { stemOf } from "../../ask/question/words.ts";

/** Words that reports in five languages use for the same thing, a line a thing. */
const lines =
  `revenue revenues sales sale turnover umsatz umsatze umsatzen umsatzes umsatzerlose erlos erlose erlosen ventes vente recettes ingresos ingreso ventas venta facturacion receita receitas vendas venda faturamento faturacao
cost costs expense expenses expenditure spending spend outlay kosten ausgaben aufwendungen aufwand cout couts depense depenses charges costes coste costos costo gastos gasto custo custos despesa despesas
profit profits earnings gewinn gewinne gewinns benefice benefices beneficio beneficios ganancia ganancias lucro lucros
margin margins marge margen margens margem margenes
quantity quantities units unit pieces piece menge mengen stuck stucke stuckzahl einheiten absatz quantite quantites unite unites pieces cantidad cantidades unidades unidad quantidade quantidades unidade
customer customers client clients buyer buyers kunde kunden kundin kundinnen cliente clientes
order orders bestellung bestellungen auftrag auftrage auftragen commande commandes pedido pedidos encomenda encomendas
employee employees workforce belegschaft effectif effectifs plantilla staff staffer people mitarbeiter mitarbeitern mitarbeiterinnen beschaftigte beschaftigten angestellte salarie salaries employe employes empleado empleados funcionario funcionarios colaborador colaboradores trabajadores trabalhadores
hour hours stunde stunden heure heures hora horas
budget budgets presupuesto presupuestos orcamento orcamentos
price prices preis preise preisen prix precio precios preco precos
product products produkt produkte produkten produkts produit produits producto productos produto produtos article articles artikel articulo articulos artigo artigos item items
region regions regionen regiones regiao regioes
country countries land lander landern pays pais paises
city cities stadt stadte stadten ville villes ciudad ciudades cidade cidades
department departments abteilung abteilungen departement departements departamento departamentos
ticket tickets anfrage anfragen demande demandes solicitud solicitudes pedidos chamado chamados
store stores shop shops filiale filialen laden magasin magasins tienda tiendas loja lojas branch branches
stock inventory bestand bestande lagerbestand stocks existencias inventario estoque
salary salaries wage wages pay gehalt gehalter salaire salaires salario salarios
visit visits besuch besuche visite visites visita visitas
visitor visitors besucher visiteur visiteurs visitante visitantes
satisfaction zufriedenheit satisfaccion satisfacao
north nord norden nordens norte northern
south sud suden sudens sur sul southern
east ost osten ostens est este leste eastern
west westen westens ouest oeste western
supplier suppliers vendor vendors lieferant lieferanten fournisseur fournisseurs proveedor proveedores fornecedor fornecedores
team teams equipe equipes equipo equipos
project projects projekt projekte projekten projet projets proyecto proyectos projeto projetos
channel channels kanal kanale canal canaux canales canais
member members mitglied mitglieder membre membres miembro miembros membro membros
invoice invoices rechnung rechnungen facture factures factura facturas fatura faturas
return returns retoure retouren retour retours devolucion devoluciones devolucao devolucoes
complaint complaints beschwerde beschwerden reclamation reclamations reclamacion reclamaciones queja quejas reclamacao reclamacoes
investment investments investition investitionen investissement investissements inversion inversiones investimento investimentos
amount betrag montant importe valor
rating score note bewertung calificacion avaliacao
discount rabatt remise descuento desconto
weight gewicht poids peso
distance distanz strecke distancia
student students schuler studierende studenten eleve eleves etudiant etudiants estudiante estudiantes alumnos aluno alunos
patient patients patienten paciente pacientes
accident accidents unfall unfalle accidente accidentes acidente acidentes
production produktion produccion producao output
energy energie energia
consumption verbrauch consommation consumo
delivery deliveries lieferung lieferungen livraison livraisons entrega entregas
rate quote quoten satz taux tasa taxa`.split("\n");

const things = new Map<string, string>();
for (const line of lines) {
  const words = line.split(" ");
  for (const word of words) if (!things.has(word)) things.set(word, words[0]!);
}
const byStem = new Map<string, string>();
for (const [word, thing] of things) if (!byStem.has(stemOf(word))) byStem.set(stemOf(word), thing);

/** The English name of the thing that a plain word is said for; undefined for all words that aren't common in reports. */
export function thingOf(plain: string): string | undefined {
  return things.get(plain) ?? byStem.get(stemOf(plain));
}

/** Forms of a plain word without the ends that German, French, Spanish and Portuguese put on. */
export function stemsOf(plain: string): string[] {
  const stem = stemOf(plain);
  if (plain.length < 5) return [stem];
  const cut = ["ern", "en", "er", "em", "es", "e", "n", "s", "a", "o", "as", "os"].flatMap((end) =>
    plain.endsWith(end) && plain.length - end.length > 3
      ? [stemOf(plain.slice(0, -end.length)), plain.slice(0, -end.length)]
      : [],
  );
  return [...new Set([stem, ...cut])];
}
