export function isLoopback({ hostname }: URL): boolean {
  return ['127.0.0.1', 'localhost'].includes(hostname);
}
