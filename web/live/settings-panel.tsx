import { Field, Select, Switch } from "@fluentui/react-components";
import type { ReactElement } from "react";
import type { LiveCaptionMode } from "../../src/apps/server/protocol/live-messages.ts";
import type { TextKey } from "../texts/texts.ts";
import { languageChoices } from "./languages.ts";
import { usePage } from "./page-context.ts";
import type { Theme } from "./preferences.ts";
import type { RoomSession } from "./room-session.ts";

const modes: readonly LiveCaptionMode[] = ["responsive", "balanced", "steady"];
const modeHints: Readonly<Record<LiveCaptionMode, TextKey>> = {
  responsive: "responsiveHint",
  balanced: "balancedHint",
  steady: "steadyHint",
};
const themes: Readonly<Record<Theme, TextKey>> = {
  system: "themeSystem",
  light: "themeLight",
  dark: "themeDark",
};

/** Light, dark, or as the device has it. */
export function ThemeChoice(): ReactElement {
  const { say, preferences, prefer } = usePage();
  return (
    <Field label={say("theme")}>
      <Select value={preferences.theme} onChange={(_, { value }) => prefer({ theme: value as Theme })}>
        {Object.entries(themes).map(([theme, text]) => (
          <option key={theme} value={theme}>
            {say(text)}
          </option>
        ))}
      </Select>
    </Field>
  );
}

export type SettingsPanelProps = { readonly session: RoomSession; readonly language: string };

/** How captions behave, and the person's language. */
export function SettingsPanel({ session, language }: SettingsPanelProps): ReactElement {
  const { say, language: interfaceLanguage, preferences, prefer } = usePage();
  const { mode, showOriginal, sendWhileTyping } = preferences;
  return (
    <section className="panel" aria-labelledby="settings">
      <h2 id="settings">{say("settings")}</h2>
      <Field label={say("captionMode")} hint={say(modeHints[mode])}>
        <Select
          value={mode}
          onChange={(_, { value }) => {
            prefer({ mode: value as LiveCaptionMode });
            session.update({ mode: value as LiveCaptionMode });
          }}
        >
          {modes.map((each) => (
            <option key={each} value={each}>
              {say(each)}
            </option>
          ))}
        </Select>
      </Field>
      <Field label={say("language")}>
        <Select value={language} onChange={(_, { value }) => session.update({ language: value })}>
          {languageChoices(interfaceLanguage, language).map(({ tag, name }) => (
            <option key={tag} value={tag}>
              {name}
            </option>
          ))}
        </Select>
      </Field>
      <ThemeChoice />
      <Switch
        label={say("showOriginal")}
        checked={showOriginal}
        onChange={(_, { checked }) => prefer({ showOriginal: checked })}
      />
      <Switch
        label={say("sendWhileTyping")}
        checked={sendWhileTyping}
        onChange={(_, { checked }) => prefer({ sendWhileTyping: checked })}
      />
    </section>
  );
}
