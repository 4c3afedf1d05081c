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

const answer = await { sign, verify }[input.do](input)
console.log(JSON.stringify(answer))
