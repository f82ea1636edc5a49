import { BadRequestError } from "../../../errors.ts";
import { OPERATIONS } from "../../../models/deployments/operations.ts";

const operations: ReadonlySet<string> = new Set([...OPERATIONS, "files", "batches", "usage", "models"]);

/** Says what is wrong with a list of scopes: operations, `deployment:NAME` and `admin` are known. */
export function checkScopes(scopes: readonly string[]): void {
  const unknown = scopes.find(
    (scope) => scope !== "admin" && !operations.has(scope) && !/^deployment:\S/.test(scope),
  );
  if (unknown !== undefined)
    throw new BadRequestError(`there is no scope "${unknown}"`, {
      hint: `scopes are admin, deployment:NAME, ${[...operations].join(", ")}`,
    });
}

/**
 * Whether a key with these scopes may do this. None at all means every operation on every deployment, `admin` besides
 * what is the organisation's; operations that are named leave out the others, and so do deployments. Listing models is
 * always allowed.
 */
export function isPermitted(
  scopes: readonly string[],
  { operation, deployment }: { readonly operation: string; readonly deployment?: string | undefined },
): boolean {
  if (scopes.length === 0 || scopes.includes("admin")) return true;
  const isOperation = (scope: string): boolean => !scope.startsWith("deployment:");
  const operationFits =
    operation === "models" || scopes.includes(operation) || !scopes.some((scope) => isOperation(scope));
  const deploymentFits =
    deployment === undefined || scopes.includes(`deployment:${deployment}`) || scopes.every(isOperation);
  return operationFits && deploymentFits;
}
