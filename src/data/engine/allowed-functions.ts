/**
 * Every function that a query may call, by name. What is not written here is refused, so a function that a later
 * engine brings is refused too. Left out on purpose: whatever reads files, settings, the catalogue, variables or the
 * clock; random and approximate results; JSON functions (some crash the engine); functions that take the name of
 * another function as text (`list_aggregate`); macros over `sum` (`list_sum`), which can't be compensated.
 */
const words = (text: string): ReadonlySet<string> => new Set(text.split(/\s+/).filter(Boolean));

/** One row in, one value out; operators under the names that the parser gives them. */
export const scalarFunctions: ReadonlySet<string> = words(`
  + - * / // % ** ^ & | << >> ~ @ || ^@ ~~ !~~ ~~* !~~* ~~~
  abs acos acosh add asin asinh atan atan2 atanh cbrt ceil ceiling cos cosh cot degrees divide even exp factorial fdiv
  floor fmod gcd greatest greatest_common_divisor isfinite isinf isnan lcm least least_common_multiple ln log log10 log2
  mod multiply nullif pi pow power radians round round_even roundbankers sign signbit sin sinh sqrt subtract tan tanh
  trunc typeof xor
  ascii char_length character_length chr concat concat_ws contains damerau_levenshtein ends_with format hamming
  ilike_escape instr jaccard jaro_similarity jaro_winkler_similarity lcase left length levenshtein like_escape lower
  lpad ltrim nfc_normalize not_ilike_escape not_like_escape ord position prefix printf regexp_escape
  regexp_extract regexp_extract_all regexp_full_match regexp_matches regexp_replace regexp_split_to_array replace
  reverse right rpad rtrim split split_part starts_with str_split string_split string_to_array strip_accents strlen
  strpos substr substring suffix translate trim ucase unicode upper
  age century date_add date_diff date_part date_sub date_trunc datediff datepart datesub datetrunc day dayname
  dayofmonth dayofweek dayofyear days_in_month decade epoch epoch_ms epoch_us hour isodow isoyear julian last_day
  make_date make_time make_timestamp microsecond millisecond minute month monthname quarter second strftime strptime
  time_bucket timezone to_centuries to_days to_decades to_hours to_microseconds to_millennia to_milliseconds to_minutes
  to_months to_quarters to_seconds to_timestamp to_weeks to_years try_strptime week weekday weekofyear year yearweek
  array_append array_concat array_contains array_distinct array_extract array_filter array_has array_length
  array_position array_prepend array_reverse array_slice array_sort array_to_string array_transform array_value
  cardinality element_at flatten len list_append list_apply list_cat list_concat list_contains list_distinct
  list_element list_extract list_filter list_has list_has_all list_has_any list_indexof list_position list_prepend
  list_reverse list_reverse_sort list_slice list_sort list_transform list_unique list_value list_zip map map_entries
  map_extract map_extract_value map_from_entries map_keys map_values row struct_extract struct_pack
  generate_series range unnest
`);

/** Many rows in, one value out, also over windows. */
export const aggregateFunctions: ReadonlySet<string> = words(`
  any_value arbitrary arg_max arg_max_null arg_min arg_min_null argmax argmin array_agg avg bit_and bit_or bit_xor
  bool_and bool_or corr count count_if count_star countif covar_pop covar_samp entropy favg first fsum group_concat
  histogram kahan_sum kurtosis kurtosis_pop last list listagg mad max max_by mean median min min_by mode product
  quantile quantile_cont quantile_disc regr_avgx regr_avgy regr_count regr_intercept regr_r2 regr_slope regr_sxx
  regr_sxy regr_syy sem skewness stddev stddev_pop stddev_samp string_agg sum sumkahan var_pop var_samp variance
`);

/** Only with OVER. */
export const windowFunctions: ReadonlySet<string> = words(`
  cume_dist dense_rank fill first_value lag last_value lead nth_value ntile percent_rank rank rank_dense row_number
`);

/** The functions whose second argument is a lambda; anywhere else `a -> b` is the JSON operator. */
export const lambdaFunctions: ReadonlySet<string> = words(`
  array_filter array_transform list_apply list_filter list_transform
`);

/** In FROM. */
export const tableFunctions: ReadonlySet<string> = words(`generate_series range unnest`);

/** Names that the engine takes for the clock or the session wherever no column has them. */
export const valueKeywords: ReadonlySet<string> = words(`
  current_catalog current_date current_role current_schema current_time current_timestamp current_user localtime
  localtimestamp session_user user
`);

/** Functions of the clock: refused like any other, but with a hint of their own. */
export const clockFunctions: ReadonlySet<string> = words(`
  ago current_date current_localtime current_localtimestamp current_time current_timestamp get_current_time
  get_current_timestamp localtime localtimestamp now today transaction_timestamp
`);

/** Types that a query may cast to, as the parser writes them; anything it leaves unresolved is refused. */
export const castTypes: ReadonlySet<string> = new Set([
  ...words(`
    BOOLEAN TINYINT SMALLINT INTEGER BIGINT HUGEINT UTINYINT USMALLINT UINTEGER UBIGINT UHUGEINT FLOAT DOUBLE DECIMAL
    VARCHAR DATE TIME TIMESTAMP TIMESTAMP_S TIMESTAMP_MS TIMESTAMP_NS INTERVAL LIST ARRAY STRUCT MAP
  `),
  "TIMESTAMP WITH TIME ZONE",
  "NULL",
]);
