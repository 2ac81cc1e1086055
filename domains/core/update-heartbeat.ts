/** Whether taps can arrive at all, for processes that do not hear Telegram themselves. */
export interface UpdateHeartbeat {
  /** To be repeated every few seconds; whoever falls silent takes his word back. */
  report(isHearing: boolean): Promise<void>;
  /** True while any process hears Telegram. */
  isReceiving(): Promise<boolean>;
}
