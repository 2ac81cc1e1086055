export type CheckedLink =
  | { readonly kind: 'link'; readonly url: string }
  | { readonly kind: 'wrong'; readonly reason: string };

const DEEP_LINK = /^(?<scheme>tg|ton|tonsite):(?:\/\/)?(?<rest>.*)$/is;
const USER_LINK = /^tg:(?:\/\/)?user\/?\?(?:[^#]*&)?id=(?<id>[1-9][0-9]{0,15})(?:[&#]|$)/i;

const wrong = (reason: string): CheckedLink => ({ kind: 'wrong', reason });

/**
 * Checks a link as Telegram does before it keeps it: http where no scheme is given, a path always, a dot in the host.
 * So `example.com` comes back as `http://example.com/`.
 */
export function checkLink(link: string): CheckedLink {
  const deep = DEEP_LINK.exec(link);
  if (deep?.groups !== undefined) return checkDeepLink(deep.groups['scheme'], deep.groups['rest']);
  const scheme = /^([^:/?#@[\]]*):\/\//.exec(link)?.[1]?.toLowerCase();
  if (scheme !== undefined && scheme !== 'http' && scheme !== 'https') {
    return wrong('Unsupported URL protocol');
  }
  return checkWebLink(scheme === undefined ? `http://${link}` : link);
}

/** The user a `tg://user?id=…` link points at, or null. */
export function linkedUserId(link: string): number | null {
  const id = USER_LINK.exec(link)?.groups?.['id'];
  return id === undefined ? null : Number(id);
}

function checkDeepLink(scheme = '', rest = ''): CheckedLink {
  const [, host = '', query = ''] = /^([^/?#]*)(.*)$/s.exec(rest) ?? [];
  if (host === '') return wrong('URL host is empty');
  if (!/^[a-zA-Z0-9_.-]+$/.test(host)) return wrong('Unallowed characters in URL host');
  const path = query === '' ? '/' : query;
  return { kind: 'link', url: `${scheme.toLowerCase()}://${host}${path}` };
}

function checkWebLink(link: string): CheckedLink {
  const [, scheme = '', authority = '', query = ''] =
    /^(https?:\/\/)([^/?#]*)(.*)$/is.exec(link.trimEnd()) ?? [];
  const host = authority.replace(/^.*@/, '').replace(/:\d+$/, '');
  if (host === '') return wrong('URL host is empty');
  if (!URL.canParse(link)) return wrong('Wrong HTTP URL');
  if (!host.includes('.') && !host.startsWith('[')) return wrong('Wrong HTTP URL');
  const path = query.startsWith('/') ? query : `/${query}`;
  return { kind: 'link', url: `${scheme.toLowerCase()}${authority}${path.replaceAll(' ', '%20')}` };
}
