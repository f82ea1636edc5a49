import type { Deployment, Operation, Router } from "../../../models/deployments/types.ts";
import type { ApiAnswer, ApiRequest } from "../gateway-mount.ts";
import { isPermitted } from "../keys/scopes.ts";
import { WireError } from "../wire/wire-error.ts";

/** `GET …/models[/{name}]`: the deployments that a key may use. Each is a model for its callers. */
export function modelsPart(
  router: Router,
  { since }: { readonly since: Date },
): (request: ApiRequest) => Promise<ApiAnswer> {
  return async ({ method, path, admission }) => {
    const permitted = router.deployments.filter(({ name, operations }) =>
      operations.some((operation) => isPermitted(admission.caller.scopes, { operation, deployment: name })),
    );
    const describe = path.shape === "openai" ? openaiModel : azureModel;
    const [name] = path.rest;
    if (method !== "GET" || path.rest.length > 1) {
      throw new WireError({ status: 405, code: "method_not_allowed", message: "Models can only be read." });
    }
    if (name === undefined) {
      return { body: { object: "list", data: permitted.map((each) => describe(each, since)) } };
    }
    const found = permitted.find((each) => each.name === name);
    if (found === undefined) {
      throw new WireError({
        status: 404,
        code: "model_not_found",
        message: `The model \`${name.slice(0, 100)}\` does not exist or you do not have access to it.`,
        param: "model",
      });
    }
    return { body: describe(found, since) };
  };
}

const seconds = (date: Date): number => Math.floor(date.getTime() / 1_000);

function openaiModel({ name }: Deployment, since: Date): object {
  return { id: name, object: "model", created: seconds(since), owned_by: "tandem" };
}

function azureModel(deployment: Deployment, since: Date): object {
  const has = (...operations: Operation[]): boolean =>
    operations.some((each) => deployment.operations.includes(each));
  return {
    ...openaiModel(deployment, since),
    status: "succeeded",
    created_at: seconds(since),
    updated_at: seconds(since),
    lifecycle_status: "generally-available",
    capabilities: {
      fine_tune: false,
      inference: true,
      completion: has("completions"),
      chat_completion: has("chat", "responses"),
      embeddings: has("embeddings"),
    },
    deprecation: {},
  };
}
