package launchtest_test

import (
	"context"
	"crypto"
	"crypto/hmac"
	"crypto/rsa"
	"crypto/sha256"
	"crypto/x509"
	"encoding/base64"
	"encoding/json"
	"encoding/pem"
	"math/big"
	"slices"
	"strings"
	"time"

	"github.com/verktoykatalog/verktoy/internal/strictjson"
)

// read checks an ID token with the standard library. OpenID Connect Core, section 3.1.3.7.
func (x *loginTool) read(ctx context.Context, token, nonce string) (map[string]any, error) {
	part := strings.Split(token, ".")
	if len(part) != 3 {
		return nil, errGarbage
	}
	var decoded [3][]byte
	for i := range part {
		var err error
		if x.has("lenient base64") {
			part[i] = strings.TrimRight(part[i], "=")
		}
		if decoded[i], err = base64.RawURLEncoding.Strict().DecodeString(part[i]); err != nil {
			return nil, err
		}
	}
	header, err := x.members(decoded[0])
	if err != nil {
		return nil, err
	}
	claims, err := x.members(decoded[1])
	if err != nil {
		return nil, err
	}
	if !x.verified(ctx, header, []byte(part[0]+"."+part[1]), decoded[2]) || text(header, "typ") != "JWT" && !x.has("any typ") {
		return nil, errGarbage
	}
	if _, critical := header["crit"]; critical && !x.has("crit ignored") {
		return nil, errGarbage
	}
	if !x.meant(claims, nonce) || !x.timely(claims) {
		return nil, errGarbage
	}
	return claims, nil
}

func (x *loginTool) members(data []byte) (members map[string]any, err error) {
	if x.has("lenient JSON") {
		return members, json.Unmarshal(data, &members)
	}
	v, err := strictjson.Parse(data, strictjson.Message())
	if err != nil || v.Kind != strictjson.Object {
		return nil, errGarbage
	}
	return v.Any().(map[string]any), nil
}

func (x *loginTool) verified(ctx context.Context, header map[string]any, signed, signature []byte) bool {
	key := x.key(ctx, text(header, "kid"))
	if own, is := header["jwk"].(map[string]any); is && x.has("embedded key taken") {
		key = publicKey(texts(own))
	}
	digest := sha256.Sum256(signed)
	switch alg := text(header, "alg"); {
	case x.has("signature not checked"), x.has("alg none accepted") && alg == "none":
		return true
	case key == nil:
		return false
	case x.has("HS256 accepted") && alg == "HS256":
		der, err := x509.MarshalPKIXPublicKey(key)
		mac := hmac.New(sha256.New, pem.EncodeToMemory(&pem.Block{Type: "PUBLIC KEY", Bytes: der}))
		mac.Write(signed)
		return err == nil && hmac.Equal(mac.Sum(nil), signature)
	default:
		return alg == "RS256" && rsa.VerifyPKCS1v15(key, crypto.SHA256, digest[:], signature) == nil
	}
}

// key looks an unknown key up, but not more than once in half a minute.
func (x *loginTool) key(ctx context.Context, kid string) *rsa.PublicKey {
	x.mu.Lock()
	defer x.mu.Unlock()
	if x.keys[kid] == nil && (x.agreed.Now().Sub(x.fetched) > 30*time.Second || x.has("fetch for every kid")) {
		_, set, err := x.get(ctx, text(x.found, "jwks_uri"))
		list, _ := set["keys"].([]any)
		if err != nil {
			return nil
		}
		x.keys, x.fetched = map[string]map[string]string{}, x.agreed.Now()
		for _, one := range list {
			k := texts(one.(map[string]any))
			x.keys[k["kid"]] = k
		}
	}
	if k := x.keys[kid]; k != nil {
		return publicKey(k)
	}
	if x.has("unknown key is any key") {
		for _, k := range x.keys {
			return publicKey(k)
		}
	}
	return nil
}

func publicKey(jwk map[string]string) *rsa.PublicKey {
	n, err := base64.RawURLEncoding.DecodeString(jwk["n"])
	if err != nil {
		return nil
	}
	return &rsa.PublicKey{N: new(big.Int).SetBytes(n), E: 65537}
}

func (x *loginTool) meant(claims map[string]any, nonce string) bool {
	aud, iss := claims["aud"], text(claims, "iss")
	list, many := aud.([]any)
	good := aud == x.agreed.ClientID || many && len(list) == 1 && list[0] == x.agreed.ClientID
	switch {
	case x.has("aud not checked"):
		good = true
	case x.has("one aud of many"):
		good = good || slices.Contains(list, any(x.agreed.ClientID))
	case x.has("aud prefix"):
		good = good || strings.HasPrefix(text(claims, "aud"), x.agreed.ClientID)
	}
	if x.has("iss without its slash") {
		iss = strings.TrimSuffix(iss, "/")
	}
	_, there := claims["nonce"]
	return good && (iss == x.agreed.Issuer || x.has("iss not checked")) &&
		(text(claims, "nonce") == nonce || x.has("nonce not checked") || x.has("nonce optional") && !there)
}

func (x *loginTool) timely(claims map[string]any) bool {
	at := float64(x.agreed.Now().Unix())
	exp, hasExp := x.number(claims["exp"])
	iat, hasIat := x.number(claims["iat"])
	switch {
	case x.has("expiry not checked"):
		return hasExp
	case !hasExp:
		return x.has("exp optional")
	case !hasIat:
		return x.has("iat optional")
	}
	return at < exp+10 && (iat <= at+10 || x.has("iat ahead"))
}

func (x *loginTool) number(v any) (float64, bool) {
	switch n := v.(type) {
	case json.Number:
		f, err := n.Float64()
		return f, err == nil
	case float64:
		return n, true
	case string:
		f, err := json.Number(n).Float64()
		return f, err == nil && x.has("exp as a text")
	}
	return 0, false
}
