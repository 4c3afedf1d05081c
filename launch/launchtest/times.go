package launchtest

import (
	"encoding/json"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/verktoykatalog/verktoy/launch"
)

// times: RFC 7519, sections 2 and 4.1.4 to 4.1.6; HTI 2.0, "The message format".
func times() []Case {
	const expired, early, lifetime = launch.KindExpired, launch.KindNotYetValid, launch.KindLifetime
	return slices.Concat(
		rows("T-1 N28", ended("exp 5 s ago", 5*time.Second)),
		rows("T-5 N28", ended("exp an hour ago", time.Hour), ended("exp 12 s ago", 12*time.Second),
			ended("exp a second ago", time.Second), ended("exp now", 0)),
		rows("T-8 N28", claim("exp -1", "exp", -1, expired), claim("exp 0", "exp", 0, expired)),
		rows("C-19", claim("exp in capitals counts for nothing", "EXP", 4102444800, "").with(at("", "exp", -time.Hour, expired))),
		rows("N31", at("a life of five minutes and a second", "exp", 5*time.Minute+time.Second, lifetime)),
		rows("T-9 N31", at("a life of an hour", "exp", time.Hour, lifetime), at("a life of ten years", "exp", 87600*time.Hour, lifetime)),
		rows("T-14 N31", at("iat a day ago", "iat", -24*time.Hour, lifetime)),
		rows("N30", at("iat 11 s ahead", "iat", 11*time.Second, early).atBorder(), at("nbf 11 s ahead", "nbf", 11*time.Second, early).atBorder(),
			at("iat 20 s ahead", "iat", 20*time.Second, early)),
		rows("T-11 N30", at("iat 70 s ahead", "iat", 70*time.Second, early), at("nbf 70 s ahead", "nbf", 70*time.Second, early)),
		rows("T-10 N31", at("exp before iat", "iat", 8*time.Second, "").with(at("", "exp", 5*time.Second, claims)),
			at("exp is iat", "iat", 5*time.Second, "").with(at("", "exp", 5*time.Second, claims))),
		rows("T-4 N27", noClaim("exp", claims)), rows("T-13 N29", noClaim("iat", claims)),
		rows("T-7 N08", literal("exp 1e400", "exp", "1e400", malformed), claim("exp 2^63", "exp", uint64(1)<<63, claims), claim("exp 1e18", "exp", 1e18, claims),
			edited("exp of 41 digits", malformed, func(p *Portal, d *Draft) {
				d.Claims["exp"] = json.RawMessage(strconv.FormatInt(p.cfg.Now().Unix()+60, 10) + "." + strings.Repeat("0", 31))
			}).ours()),
		rows("T-6 N08", wrongTimes("exp")...), rows("T-12 N08", wrongTimes("iat")...), rows("T-12 N08", wrongTimes("nbf")...),
	)
}

// ended is a message that lived for a minute, and ended so long ago.
func ended(name string, ago time.Duration) Case {
	return at(name, "iat", -ago-time.Minute, "").with(at("", "exp", -ago, launch.KindExpired))
}

// wrongTimes are values that are no numbers; the string would be a good time if it were one.
func wrongTimes(member string) []Case {
	offset := map[string]time.Duration{"exp": time.Minute}[member]
	return []Case{edited(member+" is a string", claims, func(p *Portal, d *Draft) {
		d.Claims[member] = strconv.FormatInt(p.cfg.Now().Add(offset).Unix(), 10)
	}), claim(member+" null", member, nil, claims), claim(member+" is true", member, true, claims),
		edited(member+" is a list", claims, func(p *Portal, d *Draft) { d.Claims[member] = []int64{p.cfg.Now().Add(offset).Unix()} })}
}
