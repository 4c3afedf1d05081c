package launch

import (
	"math"
	"strconv"
	"time"

	"github.com/verktoykatalog/verktoy/internal/jose"
	"github.com/verktoykatalog/verktoy/internal/nationalid"
	"github.com/verktoykatalog/verktoy/internal/strictjson"
)

// Claims is what a verified message says.
type Claims struct {
	// Issuer is the iss, one of the agreed ones.
	Issuer string
	// ID is the jti, 16 to 255 visible ASCII characters; "" only where the profile
	// does not need it.
	ID string
	// Issued and Expires are iat and exp, in UTC.
	Issued, Expires time.Time
	// Remember is how long a replay store must keep the ID.
	Remember time.Time

	notBefore time.Time
	payload   *strictjson.Value
	message   *jose.Message
	at        check  // the check that verify has come to
	keyID     string // the kid of the issuer's key, once there is one
}

// Text gives a claim that is a string, and whether it is there. A claim of
// another type, null included, is an error of [KindClaims].
func (c *Claims) Text(name string) (text string, there bool, err error) {
	v, there := c.payload.Member(name)
	if !there {
		return "", false, nil
	}
	if v.Kind != strictjson.String {
		return "", true, Refuse(KindClaims, name+" to be a string", nil)
	}
	return v.Text, true, nil
}

// Names are those of all claims, in the message's order. What looks like an
// identity number is left out.
func (c *Claims) Names() []string {
	var names []string
	for _, m := range c.payload.Members {
		if !nationalid.Contains(m.Name) {
			names = append(names, m.Name)
		}
	}
	return names
}

// Header gives a member of the header that is a string, and whether it is one:
// one that [VerifierConfig.Headers] lists.
func (c *Claims) Header(name string) (text string, there bool) {
	v, there := c.message.Header(name)
	if !there || v.Kind != strictjson.String {
		return "", false
	}
	return v.Text, true
}

// audience takes the one value, alone or as the only item of a list: a message
// for two tools can be carried from one to the other.
func (c *Claims) audience(want string) bool {
	aud, there := c.payload.Member("aud")
	if !there {
		return false
	}
	if aud.Kind == strictjson.Array && len(aud.Items) == 1 {
		aud = aud.Items[0]
	}
	return aud.Kind == strictjson.String && aud.Text == want
}

func (c *Claims) readTimes() error {
	for _, claim := range []struct {
		name     string
		into     *time.Time
		optional bool
	}{{"exp", &c.Expires, false}, {"iat", &c.Issued, false}, {"nbf", &c.notBefore, true}} {
		v, there := c.payload.Member(claim.name)
		if !there && claim.optional {
			continue
		}
		at, good := numericDate(v)
		if !good {
			return Refuse(KindClaims, claim.name+" to be a number of seconds since 1970", nil)
		}
		*claim.into = at
	}
	return nil
}

// lastSecond is the end of the year 9999, what RFC 3339 can write.
const lastSecond = 253402300799

// numericDate reads seconds since 1970, perhaps with a fraction. RFC 7519, section 2.
func numericDate(v *strictjson.Value) (time.Time, bool) {
	if v == nil || v.Kind != strictjson.Number {
		return time.Time{}, false
	}
	seconds, err := strconv.ParseFloat(v.Text, 64)
	if err != nil || math.Abs(seconds) > lastSecond {
		return time.Time{}, false
	}
	whole, fraction := math.Modf(seconds)
	return time.Unix(int64(whole), int64(fraction*1e9)).UTC().Truncate(time.Microsecond), true
}
