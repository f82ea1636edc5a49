// npm leaves an optional package out of the lock file when the registry at hand does not have it, and then `npm ci`
// refuses the lock everywhere. This writes an entry for each that is missing: what its dependent asks for, and the
// platform that its name says, so that npm skips it on every other. To be run after each change of the dependencies.
import { readFileSync, writeFileSync } from "node:fs";

type Entry = {
  readonly version?: string;
  readonly dev?: boolean;
  readonly optional?: boolean;
  readonly peer?: boolean;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
};

const lock = JSON.parse(readFileSync("package-lock.json", "utf8")) as { packages: Record<string, Entry> };

const systems = ["android", "darwin", "freebsd", "linux", "openharmony", "win32"];
const processors = ["arm64", "arm", "ia32", "ppc64", "riscv64", "s390x", "x64"];

/** `npm`'s platform fields, as far as a package's name tells them. */
function platformOf(name: string): object {
  const words = name.slice(name.lastIndexOf("/") + 1).split("-");
  const os = systems.filter((each) => words.includes(each));
  const cpu = processors.filter((each) => words.includes(each));
  if (os.length !== 1 || cpu.length !== 1) throw new Error(`${name} does not say its platform`);
  const libc =
    words.includes("musl") || words.includes("musleabihf")
      ? ["musl"]
      : words.includes("gnu")
        ? ["glibc"]
        : [];
  return { cpu, ...(libc.length > 0 && { libc }), os };
}

let added = 0;
for (const [path, entry] of Object.entries(lock.packages)) {
  for (const [name, version] of Object.entries(entry.optionalDependencies ?? {})) {
    const nested = `${path}/node_modules/${name}`;
    const top = `node_modules/${name}`;
    if (lock.packages[nested] !== undefined || lock.packages[top] !== undefined || !/^\d/.test(version))
      continue;
    lock.packages[top] = {
      version,
      ...(entry.dev && { dev: true }),
      ...platformOf(name),
      optional: true,
    } as Entry;
    added++;
  }
}
lock.packages = Object.fromEntries(Object.entries(lock.packages).sort(([a], [b]) => (a < b ? -1 : 1)));
writeFileSync("package-lock.json", `${JSON.stringify(lock, undefined, 2)}\n`);
console.log(`${added} entries added`);
