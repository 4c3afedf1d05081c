package cataloguehttp

import (
	"crypto/sha256"
	"encoding/base64"
	"net/url"
	"strings"

	"github.com/verktoykatalog/verktoy/catalogue"
)

// format changes with the JSON that this package writes, so that no client keeps an answer in an older form.
const format = "1"

// etag names the answer to a question without finding it: it follows from the catalogue's content, the day and the question alone.
func etag(generation string, day catalogue.Date, path string, values url.Values) string {
	sum := sha256.Sum256([]byte(strings.Join([]string{format, generation, string(day), path, values.Encode()}, "\n")))
	return `"` + base64.RawURLEncoding.EncodeToString(sum[:16]) + `"`
}

// matches compares weakly, as If-None-Match does (RFC 9110, section 13.1.2).
func matches(headers []string, tag string) bool {
	for _, header := range headers {
		for one := range strings.SplitSeq(header, ",") {
			one = strings.Trim(one, " \t")
			if one == "*" || strings.TrimPrefix(one, "W/") == tag {
				return true
			}
		}
	}
	return false
}
