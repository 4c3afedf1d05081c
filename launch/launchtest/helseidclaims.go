package launchtest

import (
	"encoding/json"
	"strconv"
	"strings"
	"time"

	"github.com/verktoykatalog/verktoy/internal/strictjson"
)

// isTime: RFC 7519, section 2, "NumericDate", between 1970 and 9999.
func isTime(v *strictjson.Value, name string) bool {
	m, there := v.Member(name)
	if !there || m.Kind != strictjson.Number {
		return false
	}
	seconds, err := strconv.ParseFloat(m.Text, 64)
	return err == nil && seconds >= 0 && seconds < 253402300800
}

// timeOf is a member for which isTime holds; the zero time otherwise.
func timeOf(v *strictjson.Value, name string) time.Time {
	if !isTime(v, name) {
		return time.Time{}
	}
	m, _ := v.Member(name)
	seconds, _ := strconv.ParseFloat(m.Text, 64)
	return time.UnixMilli(int64(seconds * 1000))
}

// only says whether the value is an object with these members and no others, and gives them.
func only(v *strictjson.Value, names ...string) ([]*strictjson.Value, bool) {
	if v == nil || v.Kind != strictjson.Object || len(v.Members) != len(names) {
		return nil, false
	}
	var members []*strictjson.Value
	for _, name := range names {
		m, there := v.Member(name)
		if !there {
			return nil, false
		}
		members = append(members, m)
	}
	return members, true
}

// jsonOf writes a value again.
func jsonOf(v *strictjson.Value) []byte {
	data, err := json.Marshal(v.Any())
	if err != nil {
		panic("launchtest: " + err.Error()) // cannot be: it was read
	}
	return data
}

// isOrganisation says whether the text has the form of an organisation number.
func isOrganisation(s string) bool {
	return len(s) == 9 && strings.Trim(s, "0123456789") == ""
}
