import type { JsonSchema } from "../../../json.ts";

// The part of OpenAPI 3.1 that our document uses.

export type ApiParameter = {
  readonly name: string;
  readonly in: "path" | "query" | "header";
  readonly description?: string;
  readonly required?: boolean;
  readonly schema: JsonSchema;
};

export type ApiContent = Readonly<Record<string, { readonly schema: JsonSchema }>>;

export type ApiResponse =
  | { readonly $ref: string }
  | {
      readonly description: string;
      readonly headers?: Readonly<
        Record<string, { readonly description?: string; readonly schema: JsonSchema }>
      >;
      readonly content?: ApiContent;
    };

export type ApiOperation = {
  readonly operationId: string;
  readonly summary: string;
  readonly description?: string;
  readonly tags: readonly string[];
  readonly parameters?: readonly ApiParameter[];
  readonly requestBody?: { readonly required: boolean; readonly content: ApiContent };
  readonly responses: Readonly<Record<string, ApiResponse>>;
  readonly security: readonly Readonly<Record<string, readonly string[]>>[];
  /** The operation that does the same at its main address. */
  readonly "x-tandem-same-as"?: string;
};

export type ApiMethod = "get" | "post" | "delete";

export type ApiPaths = Readonly<Record<string, Readonly<Partial<Record<ApiMethod, ApiOperation>>>>>;

export type ApiDocument = {
  readonly openapi: "3.1.0";
  readonly info: {
    readonly title: string;
    readonly version: string;
    readonly description: string;
    readonly license: { readonly name: string; readonly identifier: string };
  };
  readonly servers: readonly { readonly url: string }[];
  readonly tags: readonly { readonly name: string; readonly description: string }[];
  readonly paths: ApiPaths;
  readonly components: {
    readonly schemas: Readonly<Record<string, JsonSchema>>;
    readonly responses: Readonly<Record<string, ApiResponse>>;
    readonly securitySchemes: Readonly<Record<string, Readonly<Record<string, string>>>>;
  };
};
