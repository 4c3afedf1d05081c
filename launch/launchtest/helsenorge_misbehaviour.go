package launchtest

import "slices"

// Misbehaviour is something that a provider, or who pretends to be one, may do
// and a tool must not take. Order it with [Helsenorge.Misbehave].
type Misbehaviour string

// What is wrong with the ID token.
const (
	BadNonceMissing        Misbehaviour = "id token without nonce"
	BadNonce               Misbehaviour = "id token with another nonce"
	BadAudience            Misbehaviour = "id token for another client"
	BadAudiences           Misbehaviour = "id token for several clients without azp"
	BadExpired             Misbehaviour = "id token that has expired"
	BadExpiresMissing      Misbehaviour = "id token without exp"
	BadIssuedLater         Misbehaviour = "id token issued in the future"
	BadIssuedMissing       Misbehaviour = "id token without iat"
	BadSignature           Misbehaviour = "id token signed by another key"
	BadKeyUnknown          Misbehaviour = "id token that names an unknown key"
	BadAlgorithmNone       Misbehaviour = "id token with alg none"
	BadSharedSecret        Misbehaviour = "id token with HS256 by the public key"
	BadType                Misbehaviour = "id token with typ at+jwt"
	BadIssuer              Misbehaviour = "id token of another issuer"
	BadSubjectMissing      Misbehaviour = "id token without sub"
	BadSubjectPersonal     Misbehaviour = "id token whose sub is an identity number"
	BadRelationMissing     Misbehaviour = "id token without relation"
	BadRelation            Misbehaviour = "id token with an unknown relation"
	BadActorMissing        Misbehaviour = "id token without actor"
	BadMemberTwice         Misbehaviour = "id token with sub twice"
	BadPadding             Misbehaviour = "id token with padding after the signature"
	BadExpiresText         Misbehaviour = "id token whose exp is a text"
	BadUTF8                Misbehaviour = "id token that is not UTF-8"
	BadCritical            Misbehaviour = "id token with a critical header"
	BadKeyEmbedded         Misbehaviour = "id token with the attacker's key in it"
	BadIssuerSlash         Misbehaviour = "id token of the issuer with a slash"
	BadAudienceLonger      Misbehaviour = "id token for a client whose id begins alike"
	BadTokenWithoutIDToken Misbehaviour = "token answer without id token"
)

// What is wrong elsewhere.
const (
	BadCallbackIssuer    Misbehaviour = "callback with another iss"
	BadCallbackState     Misbehaviour = "callback with another state"
	BadErrorMarkup       Misbehaviour = "error callback with markup in error_description"
	BadDiscoveryIssuer   Misbehaviour = "discovery with another issuer"
	BadTokenHTML         Misbehaviour = "token endpoint answers HTML"
	BadTokenHuge         Misbehaviour = "token endpoint answers 10 MiB"
	BadTokenFails        Misbehaviour = "token endpoint answers 500"
	BadTokenInvalidGrant Misbehaviour = "token endpoint answers invalid_grant"
	BadTokenNever        Misbehaviour = "token endpoint never answers"
	BadTokenType         Misbehaviour = "token answer with another token_type"
	BadPARFailsOnce      Misbehaviour = "PAR answers 503 once" // the tool must try again, with a new jti
	BadPARRequestURI     Misbehaviour = "PAR answers without request_uri"
)

// misbehaviours with the rows of the matrix that they belong to.
var misbehaviours = []struct {
	how Misbehaviour
	row string
}{
	{BadNonceMissing, "N51"}, {BadNonce, "N51"}, {BadAudience, "N25"}, {BadAudiences, "N26"}, {BadExpired, "N28"}, {BadExpiresMissing, "N27"},
	{BadIssuedLater, "N30"}, {BadIssuedMissing, "N29"}, {BadSignature, "N23"}, {BadKeyUnknown, "N20"}, {BadAlgorithmNone, "N10"},
	{BadSharedSecret, "N11"}, {BadType, "N16"}, {BadIssuer, "N17"}, {BadSubjectMissing, ""}, {BadSubjectPersonal, ""}, {BadRelationMissing, ""},
	{BadRelation, ""}, {BadActorMissing, ""}, {BadMemberTwice, "N07"}, {BadPadding, "N06"}, {BadExpiresText, "N08"}, {BadUTF8, "N09"},
	{BadCritical, "N14"}, {BadKeyEmbedded, "N15"}, {BadIssuerSlash, "N18"}, {BadAudienceLonger, "N25"}, {BadTokenWithoutIDToken, "N55"}, {BadCallbackIssuer, "N52"},
	{BadCallbackState, "N48"}, {BadErrorMarkup, "N54"}, {BadDiscoveryIssuer, "N53"}, {BadTokenHTML, "N55"}, {BadTokenHuge, "N55"},
	{BadTokenFails, "N55"}, {BadTokenInvalidGrant, "N55"}, {BadTokenNever, "N55"}, {BadTokenType, "N55"}, {BadPARFailsOnce, "N56"},
	{BadPARRequestURI, "N56"},
}

// Misbehaviours lists them all. After each but [BadPARFailsOnce] the login must
// fail; [BadRelationMissing] and [BadRelation] show only when a citizen acts for
// another, or with RelationAlways.
func Misbehaviours() []Misbehaviour {
	all := make([]Misbehaviour, len(misbehaviours))
	for i, m := range misbehaviours {
		all[i] = m.how
	}
	return all
}

// Row is the row of the matrix that the misbehaviour belongs to; "" if it has none.
func (m Misbehaviour) Row() string {
	for _, other := range misbehaviours {
		if other.how == m {
			return other.row
		}
	}
	return ""
}

func (m Misbehaviour) known() bool { return slices.Contains(Misbehaviours(), m) }
