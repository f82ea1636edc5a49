import { join } from "node:path";

/**
 * Where what a person made is kept, such as a translation memory: `TANDEM_DATA`, else the platform's own place (XDG on
 * Linux). A pure function of its arguments; unlike the cache, nothing there can be fetched again.
 */
export function defaultDataFolder(
  env: Readonly<Record<string, string | undefined>>,
  platform: string,
  home: string,
): string {
  const own = env.TANDEM_DATA;
  if (own !== undefined && own !== "") return own;
  if (platform === "win32") return join(env.APPDATA ?? join(home, "AppData", "Roaming"), "tandem");
  if (platform === "darwin") return join(home, "Library", "Application Support", "tandem");
  const xdg = env.XDG_DATA_HOME;
  return join(xdg !== undefined && xdg !== "" ? xdg : join(home, ".local", "share"), "tandem");
}
