// Plays the other party with npm's jose. Reads one JSON object from the
// environment variable INPUT and prints one to standard output.
import * as jose from 'jose'

const input = JSON.parse(process.env.INPUT)

async function sign({ alg, header, claims }) {
  const { publicKey, privateKey } = await jose.generateKeyPair(alg, { extractable: true })
  const jwk = await jose.exportJWK(publicKey)
  const kid = await jose.calculateJwkThumbprint(jwk)
  const token = await new jose.SignJWT(claims).setProtectedHeader({ alg, kid, typ: 'JWT', ...header }).sign(privateKey)
  return { token, jwks: { keys: [{ ...jwk, kid, alg, use: 'sig' }] } }
}

async function verify({ token, jwks, issuer, audience, at }) {
  const keys = jose.createRemoteJWKSet(new URL(jwks))
  const options = { issuer, audience, algorithms: ['ES256'], typ: 'JWT', currentDate: new Date(at), maxTokenAge: '5 minutes',
    requiredClaims: ['jti', 'sub', 'exp', 'iat'] }
  const { payload, protectedHeader } = await jose.jwtVerify(token, keys, options)
  return { payload, header: protectedHeader }
}

// encrypt puts a signed message into an envelope, to the tool's public key.
async function encrypt({ token, jwk, enc, header }) {
  const key = await jose.importJWK(jwk, jwk.alg)
  const sealed = new jose.CompactEncrypt(new TextEncoder().encode(token))
  return { token: await sealed.setProtectedHeader({ alg: jwk.alg, enc, kid: jwk.kid, ...header }).encrypt(key) }
}

// generate makes a tool's key for decryption.
async function generate({ alg, crv }) {
  const { privateKey } = await jose.generateKeyPair(alg, { extractable: true, crv })
  return { jwk: { ...await jose.exportJWK(privateKey), alg } }
}

const answer = await { sign, verify, encrypt, generate }[input.do](input)
console.log(JSON.stringify(answer))
