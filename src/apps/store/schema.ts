/** One migration that was run. */
export type MigrationTable = { readonly version: number; readonly name: string; readonly applied_at: string };

/** Numbers of the store itself; `revision` goes up with every change of keys, projects and limits. */
export type SettingTable = { readonly name: string; readonly value: number };

export type ProjectTable = { readonly id: string; readonly name: string; readonly created_at: string };

export type ApiKeyTable = {
  readonly id: string;
  readonly project_id: string;
  readonly name: string;
  /** SHA-256 of the secret in hexadecimal digits; the secret itself is nowhere. */
  readonly hash: string;
  /** JSON: a list of scopes. */
  readonly scopes: string;
  readonly created_at: string;
  readonly expires_at: string | null;
  readonly revoked_at: string | null;
};

export type LimitSettingTable = {
  readonly level: string;
  readonly owner: string;
  /** JSON of `LimitSettings`. */
  readonly settings: string;
};

/** What was spent of a limit: in a quarter of a second that starts at `slot`, or in a budget's period that ends there. */
export type CounterTable = {
  readonly meter: string;
  /** Milliseconds since 1970. */
  readonly slot: number;
  readonly amount: number;
};

/** What a process holds of a limit and has not reported as spent; it counts as spent. */
export type LeaseTable = {
  readonly meter: string;
  readonly process: string;
  readonly amount: number;
  /** From then on it no longer counts; milliseconds since 1970. */
  readonly until: number;
};

/** The last batch of each process that was written, so that none is written twice. */
export type ProcessTable = { readonly id: string; readonly batch: number; readonly seen_at: number };

export type UsageTable = {
  readonly id: string;
  readonly at: string;
  readonly key_id: string;
  readonly project_id: string;
  readonly deployment: string;
  readonly target: string;
  readonly operation: string;
  readonly job: string | null;
  readonly status: number;
  readonly input_tokens: number;
  readonly output_tokens: number;
  readonly cached_tokens: number;
  readonly reasoning_tokens: number;
  /** Thousand-millionths of `currency`. */
  readonly cost_nanos: number;
  readonly currency: string;
  /** 1 when the count is ours, not the provider's. */
  readonly is_estimate: number;
  readonly milliseconds: number;
  readonly first_byte_ms: number | null;
};

/** How far estimates were off for one deployment: what was counted by what was estimated. */
export type EstimateFactorTable = {
  readonly deployment: string;
  /** In millionths. */
  readonly factor: number;
};

export type JobTable = {
  readonly id: string;
  readonly queue: string;
  readonly owner: string | null;
  readonly state: string;
  readonly input: string;
  readonly output: string | null;
  readonly error: string | null;
  readonly priority: number;
  readonly attempts: number;
  readonly max_attempts: number;
  /** Milliseconds since 1970. */
  readonly run_at: number;
  readonly lease: string | null;
  readonly lease_until: number | null;
  readonly created_at: string;
  readonly started_at: string | null;
  readonly finished_at: string | null;
};

export type JobStepTable = {
  readonly job_id: string;
  readonly name: string;
  readonly position: number;
  readonly result: string;
  readonly done_at: string;
};

/** A file that a caller uploaded or a batch wrote. */
export type FileTable = {
  readonly id: string;
  readonly project_id: string;
  readonly name: string;
  readonly purpose: string;
  readonly created_at: string;
  readonly bytes: number;
  readonly expires_at: string | null;
};

/** A piece of its content. */
export type FilePieceTable = {
  readonly file_id: string;
  readonly position: number;
  readonly content: Uint8Array;
};

/** One departure of text: what was sent where, never the text itself. */
export type EgressTable = {
  readonly id: string;
  readonly at: string;
  readonly call: string;
  readonly job: string | null;
  readonly key_id: string;
  readonly project_id: string;
  readonly deployment: string;
  readonly operation: string;
  readonly provider: string;
  readonly target: string;
  readonly region: string | null;
  readonly bytes: number;
  /** Of the bytes, in hexadecimal digits. */
  readonly sha256: string;
  readonly policy: string;
  /** Values that were replaced by tokens. */
  readonly masked: number;
};

/** Every table of the store. Ids and times (ISO 8601, UTC) are text, numbers whole: the same on SQLite and PostgreSQL. */
export type Schema = {
  readonly migration: MigrationTable;
  readonly setting: SettingTable;
  readonly project: ProjectTable;
  readonly api_key: ApiKeyTable;
  readonly limit_setting: LimitSettingTable;
  readonly counter: CounterTable;
  readonly lease: LeaseTable;
  readonly process: ProcessTable;
  readonly usage: UsageTable;
  readonly estimate_factor: EstimateFactorTable;
  readonly job: JobTable;
  readonly job_step: JobStepTable;
  readonly file: FileTable;
  readonly file_piece: FilePieceTable;
  readonly egress: EgressTable;
};
