import type { Json } from "../json.ts";

/** Queries an analyst would write over `ordersTable` and `costsTable`, and their results, checked by hand. */
export const harmlessStatements: readonly {
  readonly sql: string;
  readonly rows: readonly (readonly Json[])[];
}[] = [
  { sql: "select count(*) from orders", rows: [[8]] },
  { sql: "from orders select id where paid order by id desc limit 2", rows: [[8], [6]] },
  {
    sql: "select region, sum(amount) from orders group by region order by region nulls last",
    rows: [
      ["East", 650.65],
      ["North", 400.3],
      ["South", 450.45],
      [null, 99.9],
    ],
  },
  {
    sql: "select region, sum(amount) as total from orders group by all order by total desc",
    rows: [
      ["East", 650.65],
      ["South", 450.45],
      ["North", 400.3],
      [null, 99.9],
    ],
  },
  {
    sql: "select sum(amount), avg(amount), min(amount), max(amount), median(amount) from orders",
    rows: [[1601.3, 200.1625, 49.95, 500.5, 175.175]],
  },
  { sql: "select sum(share), avg(share) from orders", rows: [[2.9, 0.41428571428571426]] },
  { sql: "select sum(share * 2) + 1 from orders where region = 'North'", rows: [[3.1999999999999997]] },
  { sql: "select sum(quantity * amount) from orders", rows: [[4201.7]] },
  { sql: "select avg(quantity) from orders", rows: [[3.5]] },
  { sql: "select count(distinct region), count(region), count(*) from orders", rows: [[3, 7, 8]] },
  {
    sql: "select region, product, sum(quantity) from orders group by rollup (region, product) order by all nulls last limit 5",
    rows: [
      ["East", "Chair", 3],
      ["East", "Desk & Co", 2],
      ["East", null, 5],
      ["North", "Chair", 2],
      ["North", "Desk", 1],
    ],
  },
  {
    sql: "select grouping(region), region, count(*) from orders group by grouping sets ((region), ()) order by 1, 2 nulls last",
    rows: [
      [0, "East", 2],
      [0, "North", 3],
      [0, "South", 2],
      [0, null, 1],
      [1, null, 8],
    ],
  },
  {
    sql: "select region, count(*) from orders group by cube (region) order by all nulls last",
    rows: [
      ["East", 2],
      ["North", 3],
      ["South", 2],
      [null, 1],
      [null, 8],
    ],
  },
  {
    sql: "select o.id, c.manager from orders o join costs c using (region) order by o.id",
    rows: [
      [1, "Ann"],
      [2, "Bob"],
      [3, "Ann"],
      [5, "Bob"],
      [6, "Ann"],
    ],
  },
  {
    sql: "select region, manager, count(id) from orders right join costs using (region) group by all order by region",
    rows: [
      ["North", "Ann", 3],
      ["South", "Bob", 2],
      ["West", "Cem", 0],
    ],
  },
  { sql: "select c.region from costs c anti join orders o using (region)", rows: [["West"]] },
  {
    sql: 'select o.region, sum(o.quantity * c."cost per unit") as cost from orders o join costs c on o.region = c.region group by all order by 1',
    rows: [
      ["North", 12],
      ["South", 11.25],
    ],
  },
  { sql: "select count(*) from orders cross join costs", rows: [[24]] },
  { sql: "select count(*) from orders natural join costs", rows: [[5]] },
  { sql: "select a.id, b.id from orders a join orders b on a.day = b.day and a.id < b.id", rows: [[3, 4]] },
  {
    sql: 'select id from orders where region in (select region from costs where "cost per unit" > 2) order by id',
    rows: [[2], [5]],
  },
  {
    sql: "select id from orders o where exists (select 1 from costs c where c.region = o.region) order by id",
    rows: [[1], [2], [3], [5], [6]],
  },
  {
    sql: "select id from orders where amount > (select avg(amount) from orders) order by id",
    rows: [[2], [5], [6], [8]],
  },
  {
    sql: "select id, (select manager from costs c where c.region = o.region) m from orders o order by id limit 3",
    rows: [
      [1, "Ann"],
      [2, "Bob"],
      [3, "Ann"],
    ],
  },
  {
    sql: "with north as (select * from orders where region = 'North'), big as (select * from north where amount > 60) select count(*), sum(amount) from big",
    rows: [[2, 350.35]],
  },
  {
    sql: "with recursive n(i) as (select 1 union all select i + 1 from n where i < 5) select sum(i) from n",
    rows: [[15]],
  },
  {
    sql: "select id, sum(amount) over (order by id) as running from orders order by id limit 3",
    rows: [
      [1, 100.1],
      [2, 350.35],
      [3, 400.3],
    ],
  },
  {
    sql: "select region, amount, rank() over (partition by region order by amount desc) r from orders where region is not null qualify r = 1 order by region",
    rows: [
      ["East", 500.5, 1],
      ["North", 250.25, 1],
      ["South", 250.25, 1],
    ],
  },
  {
    sql: "select id, lag(amount) over (order by id), lead(id, 2) over (order by id) from orders order by id limit 3",
    rows: [
      [1, null, 3],
      [2, 100.1, 4],
      [3, 250.25, 5],
    ],
  },
  {
    sql: "select id, avg(share) over (order by id rows between 1 preceding and current row) from orders order by id limit 3",
    rows: [
      [1, 0.1],
      [2, 0.15000000000000002],
      [3, 0.26666666666666666],
    ],
  },
  {
    sql: "select product, sum(amount) / sum(sum(amount)) over () as part from orders group by product order by part desc limit 1",
    rows: [["Desk", 0.31255854618122775]],
  },
  {
    sql: "select id, ntile(4) over (order by id) from orders order by id limit 3",
    rows: [
      [1, 1],
      [2, 1],
      [3, 2],
    ],
  },
  {
    sql: "select id, first_value(region) over w, count(*) over w from orders window w as (partition by paid order by id) order by id limit 3",
    rows: [
      [1, "North", 1],
      [2, "South", 1],
      [3, "North", 2],
    ],
  },
  {
    sql: "select year(day), month(day), count(*) from orders where day is not null group by all order by all",
    rows: [
      [2024, 1, 2],
      [2024, 2, 2],
      [2024, 3, 2],
      [2024, 12, 1],
    ],
  },
  {
    sql: "select date_trunc('month', day) m, sum(amount) from orders group by m having m is not null order by m",
    rows: [
      ["2024-01-01T00:00:00", 350.35],
      ["2024-02-01T00:00:00", 200.1],
      ["2024-03-01T00:00:00", 450.45],
      ["2024-12-01T00:00:00", 500.5],
    ],
  },
  {
    sql: "select strftime(day, '%Y-%m') ym, count(*) from orders group by ym order by ym nulls last limit 2",
    rows: [
      ["2024-01", 2],
      ["2024-02", 2],
    ],
  },
  {
    sql: "select extract(quarter from day) q, sum(quantity) from orders group by q order by q nulls last",
    rows: [
      [1, 16],
      [4, 2],
      [null, 10],
    ],
  },
  { sql: "select day + interval 1 month from orders where id = 2", rows: [["2024-02-29T00:00:00"]] },
  { sql: "select date_diff('day', min(day), max(day)), max(day) - min(day) from orders", rows: [[351, 351]] },
  {
    sql: "select count(*) from orders where day between date '2024-02-01' and date '2024-02-29'",
    rows: [[2]],
  },
  {
    sql: "select last_day(day), dayname(day), isodow(day), week(day) from orders where id = 1",
    rows: [["2024-01-31", "Monday", 1, 3]],
  },
  {
    sql: "select make_date(2024, 2, 29), date '2024-02-29' + 1, timestamp '2024-02-29 12:00' - interval 90 minute",
    rows: [["2024-02-29", "2024-03-01", "2024-02-29T10:30:00"]],
  },
  {
    sql: "select made, made::date, hour(made), date_trunc('hour', made) from orders where id = 8",
    rows: [["2024-12-31T18:00:00.25", "2024-12-31", 18, "2024-12-31T18:00:00"]],
  },
  {
    sql: "select start, start + interval 30 minute from orders where id = 1",
    rows: [["09:00:00", "09:30:00"]],
  },
  { sql: "select sum(start), avg(start) from orders", rows: [["PT108H30M", "13:33:45"]] },
  {
    sql: "select m.month::date, count(o.id) from generate_series(timestamp '2024-01-01', timestamp '2024-04-01', interval 1 month) m(month) left join orders o on date_trunc('month', o.day) = m.month group by 1 order by 1",
    rows: [
      ["2024-01-01", 2],
      ["2024-02-01", 2],
      ["2024-03-01", 2],
      ["2024-04-01", 0],
    ],
  },
  {
    sql: "select percentile_cont(0.5) within group (order by amount), quantile_cont(amount, 0.25), quantile_disc(amount, 0.25) from orders",
    rows: [[175.175, 100.04999999999998, 99.9]],
  },
  { sql: "select quantile_cont(quantity, [0.25, 0.5, 0.75]) from orders", rows: [[[1.75, 2.5, 4.25]]] },
  {
    sql: "select mode(region), mad(amount), stddev_samp(quantity), var_pop(quantity) from orders",
    rows: [["North", 75.075, 2.9760952365713798, 7.75]],
  },
  {
    sql: "select round(corr(quantity, amount), 6), round(regr_slope(amount, quantity), 6), round(regr_r2(amount, quantity), 6) from orders",
    rows: [[-0.475564, -22.626613, 0.226161]],
  },
  {
    sql: "select arg_max(product, amount), arg_min(id, amount), any_value(id), first(id order by id desc) from orders",
    rows: [["Desk & Co", 3, 1, 8]],
  },
  {
    sql: "select string_agg(product, ', ' order by id) from orders where paid",
    rows: [["Chair, Lamp, Chair, Desk, Desk & Co"]],
  },
  { sql: "select list(id order by id) from orders where region = 'North'", rows: [[[1, 3, 6]]] },
  {
    sql: "select count(*) filter (where paid), sum(amount) filter (where not paid) from orders",
    rows: [[5, 550.35]],
  },
  {
    sql: "select case when amount >= 200 then 'large' when amount >= 100 then 'middle' else 'small' end size, count(*) from orders group by size order by size",
    rows: [
      ["large", 4],
      ["middle", 2],
      ["small", 2],
    ],
  },
  {
    sql: "select if(paid, 'yes', 'no') p, count(*) from orders group by p order by p",
    rows: [
      ["no", 3],
      ["yes", 5],
    ],
  },
  {
    sql: "select coalesce(region, 'none') r, count(*) from orders group by r order by r",
    rows: [
      ["East", 2],
      ["North", 3],
      ["South", 2],
      ["none", 1],
    ],
  },
  {
    sql: "select nullif(region, 'North'), ifnull(region, '-') from orders where id in (1, 7) order by id",
    rows: [
      [null, "North"],
      [null, "-"],
    ],
  },
  {
    sql: "select upper(region), lower(product), length(product), left(product, 2), substring(product, 2, 3), replace(product, 'a', 'o') from orders where id = 3",
    rows: [["NORTH", "lamp", 4, "La", "amp", "Lomp"]],
  },
  {
    sql: "select region || ' / ' || product, concat_ws('-', region, product), lpad(id::varchar, 3, '0') from orders where id = 1",
    rows: [["North / Chair", "North-Chair", "001"]],
  },
  {
    sql: "select id from orders where product like '%&%' or product ilike 'CHAIR' order by id",
    rows: [[1], [4], [5], [8]],
  },
  { sql: "select id from orders where regexp_matches(product, '^D') order by id", rows: [[2], [6], [8]] },
  {
    sql: "select regexp_replace(product, '[aeiou]', '*', 'g'), split_part(product, ' ', 1), trim('  x ') from orders where id = 8",
    rows: [["D*sk & C*", "Desk", "x"]],
  },
  {
    sql: "select round(amount * 1.19, 2), ceil(amount), floor(amount), amount % 7, abs(-amount) from orders where id = 1",
    rows: [[119.12, 101, 100, 2.1, 100.1]],
  },
  {
    sql: "select quantity / 4, quantity // 4, quantity % 4, quantity ** 2, quantity / 0 from orders where id = 7",
    rows: [[2.5, 2, 2, 100, null]],
  },
  {
    sql: "select amount::integer, '12'::int + 1, try_cast('x' as int), cast(amount as varchar) from orders where id = 2",
    rows: [[250, 13, null, "250.25"]],
  },
  {
    sql: "select greatest(1, 2, 3), least(amount, 120), sqrt(16), ln(1), pi() > 3 from orders where id = 4",
    rows: [[3, 120, 4, 0, true]],
  },
  {
    sql: "select 0.1 + 0.2, 1e3, 12345678901234567890, 9007199254740993, 123456789.123456789",
    rows: [[0.3, 1000, "12345678901234567890", "9007199254740993", "123456789.123456789"]],
  },
  {
    sql: "select distinct region from orders order by region nulls first",
    rows: [[null], ["East"], ["North"], ["South"]],
  },
  {
    sql: "select distinct on (region) region, id from orders where region is not null order by region, id",
    rows: [
      ["East", 4],
      ["North", 1],
      ["South", 2],
    ],
  },
  { sql: "select id from orders union all select 100 order by id desc limit 2", rows: [[100], [8]] },
  {
    sql: "select region from orders intersect select region from costs order by region",
    rows: [["North"], ["South"]],
  },
  { sql: "select region from costs except select region from orders", rows: [["West"]] },
  {
    sql: "select * exclude (day, made, start) from orders where id = 1",
    rows: [[1, "North", "Chair", 2, 100.1, 0.1, true]],
  },
  {
    sql: "select * replace (amount * 2 as amount) from costs join orders using (region) where id = 1",
    rows: [
      ["North", 1.5, "Ann", 1, "2024-01-15", "Chair", 2, 200.2, 0.1, true, "09:00:00", "2024-01-15T09:00:00"],
    ],
  },
  {
    sql: "select columns('a.*') from orders where id = 1",
    rows: [["2024-01-15", 2, 100.1, 0.1, true, "09:00:00", "2024-01-15T09:00:00"]],
  },
  {
    sql: "select * from (values (1, 'a'), (2, 'b')) v(n, s) order by n desc",
    rows: [
      [2, "b"],
      [1, "a"],
    ],
  },
  { sql: "select unnest([3, 1, 2]) as x order by x", rows: [[1], [2], [3]] },
  {
    sql: "select list_transform([1, 2, 3], lambda x: x * 2), list_filter([1, 2, 3], lambda x: x > 1), len([1, 2]), [10, 20][2]",
    rows: [[[2, 4, 6], [2, 3], 2, 20]],
  },
  {
    sql: "select {'a': 1, 'b': 'x'} as s, map {'k': 1} as m",
    rows: [[{ a: 1, b: "x" }, [{ key: "k", value: 1 }]]],
  },
  {
    sql: "select id, amount from orders order by amount desc nulls last, id limit 3 offset 1",
    rows: [
      [2, 250.25],
      [6, 250.25],
      [5, 200.2],
    ],
  },
  { sql: 'select sum(amount) as "Total €" from orders -- the whole sum', rows: [[1601.3]] },
  { sql: 'select /* comment; with semicolon */ count(*) as "drop table" from orders;', rows: [[8]] },
  {
    sql: "select region, count(*) n from orders group by region having count(*) > 1 and region is not null order by n desc, region",
    rows: [
      ["North", 3],
      ["East", 2],
      ["South", 2],
    ],
  },
  {
    sql: "select t.region, t.total from (select region, sum(amount) total from orders group by region) t where t.total > 300 order by t.total",
    rows: [
      ["North", 400.3],
      ["South", 450.45],
      ["East", 650.65],
    ],
  },
  {
    sql: 'select "avg(quantity)", "sum((amount / 2))" from (select avg(quantity), sum(amount / 2) from orders)',
    rows: [[3.5, 800.65]],
  },
  {
    sql: "select min(region), max(day), bool_and(paid), bool_or(paid) from orders",
    rows: [["East", "2024-12-31", false, true]],
  },
  { sql: "select * from orders where false", rows: [] },
  {
    sql: "select orders.id, main.orders.region from memory.main.orders where orders.id = 1",
    rows: [[1, "North"]],
  },
  { sql: 'select ID, "Region" from ORDERS where Id = 1', rows: [[1, "North"]] },
  {
    sql: "select o.id from orders o asof join (select date '2024-02-01' as since) s on o.day >= s.since order by o.id",
    rows: [[3], [4], [5], [6], [8]],
  },
  {
    sql: "select product, sum(quantity) q from orders group by 1 order by 2 desc, 1 limit 2",
    rows: [
      ["Lamp", 15],
      ["Chair", 9],
    ],
  },
  {
    sql: "select id, share from orders where share between 0.3 and 0.4 order by id",
    rows: [
      [3, 0.3333333333333333],
      [4, 0.4],
    ],
  },
  {
    sql: "select sum(distinct quantity), avg(distinct share) from orders",
    rows: [[25, 0.41428571428571426]],
  },
  {
    sql: "select typeof(amount), typeof(share), typeof(sum(quantity)) from orders group by all",
    rows: [["DECIMAL(18,2)", "DOUBLE", "HUGEINT"]],
  },
  {
    sql: "select levenshtein('chair', 'choir'), starts_with(product, 'Ch'), 'a' < 'b' from orders where id = 1",
    rows: [[1, true, true]],
  },
  {
    sql: "select amount as a, a * 2 as b, sum(amount) over () from orders where id = 1",
    rows: [[100.1, 200.2, 100.1]],
  },
  {
    sql: "select quantity * amount as total, sum(total) over (order by id) from orders order by id limit 2",
    rows: [
      [200.2, 200.2],
      [250.25, 450.45],
    ],
  },
  {
    sql: "select max(sum_amount) from (select sum(amount) as sum_amount from orders group by region)",
    rows: [[650.65]],
  },
  {
    sql: "table costs",
    rows: [
      ["North", 1.5, "Ann"],
      ["South", 2.25, "Bob"],
      ["West", 9.99, "Cem"],
    ],
  },
  { sql: "values (1), (2)", rows: [[1], [2]] },
];
