// Plays the other party with npm's jose for as long as it is asked to: a JSON
// object a line on standard input, the answer a line on standard output. It has
// its keys in memory, publishes some of them on this machine, and keeps the keys
// of others as createRemoteJWKSet does. The clock is the caller's.
import * as jose from 'jose'
import { createServer } from 'node:http'
import { createInterface } from 'node:readline'

let now = 0
Date.now = () => now // what createRemoteJWKSet counts its ages with

const keys = new Map() // by kid: private key, alg and public JWK
let published = []
let trusted
let server

// generate makes a key pair; the private part goes to the caller for a key that both sides use.
async function generate({ alg }) {
  const { publicKey, privateKey } = await jose.generateKeyPair(alg, { extractable: true })
  const jwk = await jose.exportJWK(publicKey)
  const kid = await jose.calculateJwkThumbprint(jwk)
  keys.set(kid, { privateKey, alg, jwk: { ...jwk, kid, alg, use: 'sig' } })
  return { kid, private: { ...await jose.exportJWK(privateKey), kid, alg } }
}

// publish puts the set of these keys in the place of the one before.
async function publish({ kids }) {
  published = kids.map(kid => keys.get(kid).jwk)
  if (!server) {
    server = createServer((_, response) => {
      response.setHeader('Content-Type', 'application/jwk-set+json')
      response.setHeader('Cache-Control', 'max-age=600')
      response.end(JSON.stringify({ keys: published }))
    })
    await new Promise(ready => server.listen(0, '127.0.0.1', ready))
  }
  return { url: `http://127.0.0.1:${server.address().port}/jwks.json` }
}

async function sign({ kid, claims }) {
  const { privateKey, alg } = keys.get(kid)
  return { token: await new jose.SignJWT(claims).setProtectedHeader({ alg, kid, typ: 'JWT' }).sign(privateKey) }
}

async function trust({ jwks }) {
  trusted = jose.createRemoteJWKSet(new URL(jwks))
  return {}
}

async function verify({ token, issuer, audience, algorithms }) {
  const options = { issuer, audience, algorithms, typ: 'JWT', currentDate: new Date(now), maxTokenAge: '5 minutes', requiredClaims: ['jti', 'sub', 'exp', 'iat'] }
  try {
    const { payload, protectedHeader } = await jose.jwtVerify(token, trusted, options)
    return { payload, header: protectedHeader }
  } catch (error) {
    return { refused: error.code }
  }
}

// encrypt puts a signed message into an envelope, to the tool's public key.
async function encrypt({ token, jwk }) {
  const envelope = new jose.CompactEncrypt(new TextEncoder().encode(token)).setProtectedHeader({ alg: jwk.alg, enc: 'A256GCM', kid: jwk.kid })
  return { token: await envelope.encrypt(await jose.importJWK(jwk, jwk.alg)) }
}

const commands = { generate, publish, sign, trust, verify, encrypt }
for await (const line of createInterface({ input: process.stdin })) {
  const { command, at, ...input } = JSON.parse(line)
  now = new Date(at).getTime()
  console.log(JSON.stringify(await commands[command](input)))
}
process.exit(0)
