/** Whether taps can arrive at all, for processes that do not hear Telegram themselves. */
export interface Hearing {
  /** To be repeated every few seconds; whoever falls silent takes his word back. */
  note(isHearing: boolean): Promise<void>;
  /** True while any process hears Telegram. */
  isHeard(): Promise<boolean>;
}
