// npm's oidc-provider, set up as package oidcpeer says. Reads its set-up from the
// environment variable INPUT, prints one line when it listens, and goes when its
// standard input ends, however the test ended.
import { randomBytes } from 'node:crypto'
import { createServer } from 'node:http'
import * as jose from 'jose'
import Provider, { errors } from 'oidc-provider'

console.info = console.warn // standard output is for the one line
process.stdin.on('end', () => process.exit(0)).resume()

const { clients, account } = JSON.parse(process.env.INPUT)
const rules = new Map(clients.map((c) => [c.id, c]))
const own = Object.keys(account.claims ?? {})
const scopes = clients.flatMap((c) => c.scope.split(' '))
const prefix = '/sts/v3'

const server = createServer()
await new Promise((ready) => server.listen(0, '127.0.0.1', ready))
const origin = `http://127.0.0.1:${server.address().port}`
const issuer = origin + prefix

// register says what the provider knows of a client. One with an address to
// come back to logs citizens in; one without speaks for itself.
function register(c) {
  const login = c.redirectURIs?.length > 0
  return {
    client_id: c.id, jwks: c.keys, scope: c.scope, redirect_uris: c.redirectURIs ?? [],
    token_endpoint_auth_method: 'private_key_jwt', token_endpoint_auth_signing_alg: c.algorithm,
    grant_types: login ? ['authorization_code', 'refresh_token'] : ['client_credentials'],
    response_types: login ? ['code'] : [], dpop_bound_access_tokens: c.dpop ?? false,
  }
}

// assertion holds a client to its dialect, of which the provider itself wants
// less: it looks at no typ, and takes any age and several audiences.
function assertion(ctx, claims, header, client) {
  const { type, seconds } = rules.get(client.clientId)
  const refuse = (why) => { throw new errors.InvalidClientAuth(why) }
  if (header.typ !== type) refuse(`typ of the client_assertion must be ${type}`)
  if (claims.aud !== issuer) refuse('aud must be the issuer alone')
  if (!claims.nbf || !claims.iat) refuse('nbf and iat must be there')
  if (!(claims.exp - claims.iat <= seconds)) refuse(`exp must be at most ${seconds} s after iat`)
}

// grant gives a client what it was registered for, without asking the citizen.
async function grant(ctx) {
  const g = new provider.Grant({ clientId: ctx.oidc.client.clientId, accountId: ctx.oidc.session.accountId })
  g.addOIDCScope(rules.get(ctx.oidc.client.clientId).scope)
  await g.save()
  return g
}

const { privateKey } = await jose.generateKeyPair('RS256', { extractable: true })
const provider = new Provider(issuer, {
  clients: clients.map(register),
  jwks: { keys: [{ ...await jose.exportJWK(privateKey), alg: 'RS256', use: 'sig' }] },
  scopes: [...new Set(['openid', 'offline_access', ...scopes])],
  claims: { openid: ['sub', ...own] }, // what is openid's is in the ID token
  findAccount: (ctx, id) => ({ accountId: id, claims: () => ({ ...account.claims, sub: id }) }),
  loadExistingGrant: grant,
  issueRefreshToken: (ctx, client) => rules.get(client.clientId).scope.split(' ').includes('offline_access'),
  responseTypes: ['code'],
  ttl: { AccessToken: 1800, RefreshToken: 1800, ClientCredentials: 60, IdToken: 300, Grant: 1800, Session: 1800, Interaction: 600 },
  clientAuthMethods: ['private_key_jwt'],
  assertJwtClientAuthClaimsAndHeader: assertion,
  pkce: { required: () => true },
  renderError: (ctx, out) => { Object.assign(ctx, { type: 'text', body: `${out.error}: ${out.error_description}` }) },
  cookies: { keys: [randomBytes(16).toString('hex')] },
  interactions: { url: (ctx, interaction) => `${prefix}/interaction/${interaction.uid}` },
  // As at Helsenorge, no address follows from the issuer.
  routes: { authorization: '/v2/authorize', pushed_authorization_request: '/v1/par', revocation: '/v1/revoke', token: '/v3/token' },
  features: {
    devInteractions: { enabled: false },
    pushedAuthorizationRequests: { enabled: true, requirePushedAuthorizationRequests: true },
    clientCredentials: { enabled: true },
    revocation: { enabled: true },
    introspection: { enabled: true },
    dPoP: { enabled: true, nonceSecret: randomBytes(32), requireNonce: () => true },
  },
})
provider.on('server_error', (ctx, err) => console.error(err))

// interaction is the page where the citizen logs in, or thinks better of it.
async function interaction(req, res) {
  if (req.method !== 'POST') {
    res.setHeader('Content-Type', 'text/html; charset=utf-8')
    return res.end(`<!DOCTYPE html><title>Log in</title><form method="post" action="${req.url}">
      <button name="do" value="login">Log in</button> <button name="do" value="cancel">Cancel</button></form>`)
  }
  let body = ''
  for await (const chunk of req) body += chunk
  const login = new URLSearchParams(body).get('do') === 'login'
  const result = login ? { login: { accountId: account.subject } } : { error: 'access_denied' }
  return provider.interactionFinished(req, res, result, { mergeWithLastSubmission: false })
}

// resource is an API that takes tokens bound to a key, with npm's jose as the
// judge of the proof. RFC 9449, sections 7 and 9.
const resourceNonce = randomBytes(12).toString('base64url')
const seen = new Set()
async function resource(req, res) {
  const [scheme, token] = (req.headers.authorization ?? '').split(' ')
  const refuse = (error) => {
    res.writeHead(401, { 'WWW-Authenticate': `DPoP error="${error}"`, 'DPoP-Nonce': resourceNonce }).end()
  }
  const found = token && await provider.ClientCredentials.find(token)
  if (scheme !== 'DPoP' || !found?.jkt) return refuse('invalid_token')
  let proof
  try {
    proof = await jose.jwtVerify(req.headers.dpop, jose.EmbeddedJWK, { typ: 'dpop+jwt', maxTokenAge: 10 })
  } catch { return refuse('invalid_dpop_proof') }
  const { payload, protectedHeader } = proof
  if (await jose.calculateJwkThumbprint(protectedHeader.jwk) !== found.jkt) return refuse('invalid_token')
  const ath = Buffer.from(await crypto.subtle.digest('SHA-256', Buffer.from(token))).toString('base64url')
  const here = origin + new URL(req.url, origin).pathname
  if (payload.ath !== ath || payload.htm !== req.method || payload.htu !== here) return refuse('invalid_dpop_proof')
  if (payload.nonce !== resourceNonce) return refuse('use_dpop_nonce')
  if (!payload.jti || seen.has(payload.jti)) return refuse('invalid_dpop_proof')
  seen.add(payload.jti)
  res.writeHead(200, { 'Content-Type': 'application/json' }).end(JSON.stringify({ client: found.clientId, scope: found.scope }))
}

const openid = provider.callback()
server.on('request', (req, res) => {
  if (req.url.startsWith('/resource')) return resource(req, res)
  if (req.url.startsWith(`${prefix}/interaction/`)) return interaction(req, res)
  if (!req.url.startsWith(`${prefix}/`)) return res.writeHead(404).end()
  req.originalUrl = req.url
  req.url = req.url.slice(prefix.length)
  return openid(req, res)
})
console.log(JSON.stringify({ issuer, resource: `${origin}/resource` }))
