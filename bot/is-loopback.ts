/** Whether an address names this machine alone: nobody else reaches it. */
export function isLoopback({ hostname }: URL): boolean {
  return ['127.0.0.1', 'localhost'].includes(hostname);
}
