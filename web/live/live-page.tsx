import { FluentProvider, webDarkTheme, webLightTheme } from "@fluentui/react-components";
import { type ReactElement, type ReactNode, useEffect, useMemo, useState, useSyncExternalStore } from "react";
import { interfaceLanguage, localeFor, sayIn } from "../texts/texts.ts";
import { JoinForm } from "./join-form.tsx";
import { directionOf } from "./languages.ts";
import { liveRequests, socketUrl } from "./live-requests.ts";
import { openKeptStore } from "./outbox.ts";
import { type Page, PageContext, usePage } from "./page-context.ts";
import { readPreferences, storageOrNone, type Theme, writePreferences } from "./preferences.ts";
import { openRoomSession, type RoomSession } from "./room-session.ts";
import { Refused, RoomView } from "./room-view.tsx";
import { useSide } from "./use-side.ts";

/** The whole page: the link's token decides which room, the tab's memory whether the form is needed. */
export function LivePage(): ReactElement {
  const token = useSyncExternalStore(onHashChange, () => location.hash.slice(1));
  return <Frame>{token === "" ? <NoKey /> : <Room key={token} token={token} />}</Frame>;
}

function onHashChange(listener: () => void): () => void {
  addEventListener("hashchange", listener);
  return () => removeEventListener("hashchange", listener);
}

function Frame({ children }: { readonly children: ReactNode }): ReactElement {
  const [preferences, setPreferences] = useState(() => readPreferences(storageOrNone("localStorage")));
  const language = interfaceLanguage(navigator.languages);
  const dir = directionOf(language) === "rtl" ? "rtl" : "ltr";
  const isDark = useIsDark(preferences.theme);
  const say = useMemo(() => sayIn(language), [language]);
  useEffect(() => {
    Object.assign(document.documentElement, { lang: language, dir });
    document.documentElement.style.colorScheme = isDark ? "dark" : "light";
    document.title = say("appName");
  }, [language, dir, isDark, say]);
  const page: Page = {
    say,
    language,
    locale: localeFor(language, navigator.languages),
    preferences,
    prefer(change) {
      const next = { ...preferences, ...change };
      setPreferences(next);
      writePreferences(storageOrNone("localStorage"), next);
    },
  };
  return (
    // A class here would also be given to what Fluent puts beside the page, such as tooltips.
    <FluentProvider theme={isDark ? webDarkTheme : webLightTheme} dir={dir}>
      <PageContext value={page}>
        <div className="page">{children}</div>
      </PageContext>
    </FluentProvider>
  );
}

const darkDevice = "(prefers-color-scheme: dark)";

function useIsDark(theme: Theme): boolean {
  const isDeviceDark = useSyncExternalStore(
    (listener) => {
      const query = matchMedia(darkDevice);
      query.addEventListener("change", listener);
      return () => query.removeEventListener("change", listener);
    },
    () => matchMedia(darkDevice).matches,
  );
  return theme === "system" ? isDeviceDark : theme === "dark";
}

function NoKey(): ReactElement {
  const { say } = usePage();
  return (
    <main className="card">
      <h1>{say("noKeyTitle")}</h1>
      <p>{say("noKey")}</p>
    </main>
  );
}

/** A tab that has joined joins again by itself after a reload. */
function Room({ token }: { readonly token: string }): ReactElement {
  const { say, preferences } = usePage();
  const kept = useMemo(() => openKeptStore(storageOrNone("sessionStorage"), token), [token]);
  const requests = useMemo(() => liveRequests(token, location.href), [token]);
  const [session, setSession] = useState<RoomSession>();
  const [hasJoined, setHasJoined] = useState(kept.read().participantToken !== "");
  const [visit, setVisit] = useState(0);
  const { mode } = preferences;
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new mode goes to the open session, it needs no new one
  useEffect(() => {
    if (!hasJoined) return undefined;
    const opened = openRoomSession({ url: socketUrl(location.href), token, kept, mode });
    setSession(opened);
    const retry = (): void => opened.reconnectIfWaiting();
    addEventListener("online", retry);
    return () => {
      removeEventListener("online", retry);
      opened.leave();
    };
  }, [hasJoined, token, kept, visit]);
  const { side, refusal } = useSide(requests, !hasJoined);
  if (!hasJoined || session === undefined) {
    const error = side?.room.isClosed ? { code: "room-closed", message: say("roomClosed") } : refusal;
    if (error !== undefined) {
      const title = side?.room.title ?? "";
      return <Refused title={title} error={error} requests={requests} onRejoin={() => location.reload()} />;
    }
    return <JoinForm kept={kept} side={side} onJoin={() => setHasJoined(true)} isBusy={hasJoined} />;
  }
  return (
    <RoomView
      session={session}
      requests={requests}
      kept={kept}
      onRejoin={() => setVisit((count) => count + 1)}
    />
  );
}
