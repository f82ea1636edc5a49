/** The words of a transcript that nobody said. */
export type TranscriptLabels = {
  readonly participants: string;
  readonly transcript: string;
  readonly time: string;
  readonly speaker: string;
  readonly said: string;
  readonly translation: string;
};

/** In the order of the fields of `TranscriptLabels`, by primary language. */
const TABLE: Readonly<Record<string, readonly [string, string, string, string, string, string]>> = {
  ar: ["المشاركون", "نص المحادثة", "الوقت", "المتحدث", "ما قيل", "الترجمة"],
  bg: ["Участници", "Препис", "Час", "Говорещ", "Казано", "Превод"],
  ca: ["Participants", "Transcripció", "Hora", "Qui parla", "Dit", "Traducció"],
  cs: ["Účastníci", "Přepis", "Čas", "Mluvčí", "Řečeno", "Překlad"],
  da: ["Deltagere", "Udskrift", "Tid", "Taler", "Sagt", "Oversættelse"],
  de: ["Teilnehmende", "Wortprotokoll", "Zeit", "Wer", "Gesagt", "Übersetzung"],
  el: ["Συμμετέχοντες", "Απομαγνητοφώνηση", "Ώρα", "Ομιλητής", "Ειπώθηκε", "Μετάφραση"],
  en: ["Participants", "Transcript", "Time", "Speaker", "Said", "Translation"],
  es: ["Participantes", "Transcripción", "Hora", "Quién", "Dicho", "Traducción"],
  fi: ["Osallistujat", "Litterointi", "Aika", "Puhuja", "Sanottu", "Käännös"],
  fr: ["Participants", "Transcription", "Heure", "Qui", "Propos", "Traduction"],
  hu: ["Résztvevők", "Átirat", "Idő", "Beszélő", "Elhangzott", "Fordítás"],
  it: ["Partecipanti", "Trascrizione", "Ora", "Chi", "Detto", "Traduzione"],
  nb: ["Deltakere", "Utskrift", "Tid", "Taler", "Sagt", "Oversettelse"],
  nl: ["Deelnemers", "Transcript", "Tijd", "Spreker", "Gezegd", "Vertaling"],
  pl: ["Uczestnicy", "Zapis rozmowy", "Czas", "Kto", "Powiedziano", "Tłumaczenie"],
  pt: ["Participantes", "Transcrição", "Hora", "Quem", "Dito", "Tradução"],
  ro: ["Participanți", "Transcriere", "Ora", "Vorbitor", "Spus", "Traducere"],
  sv: ["Deltagare", "Utskrift", "Tid", "Talare", "Sagt", "Översättning"],
  tr: ["Katılımcılar", "Döküm", "Saat", "Konuşan", "Söylenen", "Çeviri"],
  uk: ["Учасники", "Стенограма", "Час", "Хто", "Сказано", "Переклад"],
};

/** The labels in a language (BCP 47); in English where the table does not have it. */
export function transcriptLabels(language: string): TranscriptLabels {
  const base = language.toLowerCase().split("-")[0]!;
  const known = Object.hasOwn(TABLE, base) ? TABLE[base]! : TABLE.en!;
  const [participants, transcript, time, speaker, said, translation] = known;
  return { participants, transcript, time, speaker, said, translation };
}
