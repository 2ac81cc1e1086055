/** Whether any bot process receives updates from Telegram; shared by all processes. */
export interface UpdateHeartbeat {
  /** To be called every few seconds: the last report expires soon. */
  report(isReceiving: boolean): Promise<void>;
  isReceiving(): Promise<boolean>;
}
