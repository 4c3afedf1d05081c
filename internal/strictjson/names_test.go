package strictjson_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/verktoykatalog/verktoy/internal/strictjson"
)

// Few members and many are compared in two ways; every one of them is found when it comes again.
func TestEveryRepeatedNameIsFound(t *testing.T) {
	for _, n := range []int{1, 2, 15, 16, 17, 40} {
		for again := range n {
			var b strings.Builder
			for i := range n {
				fmt.Fprintf(&b, `"n%d":{"n%d":0},`, i, i)
			}
			_, err := strictjson.Parse([]byte("{"+strings.TrimSuffix(b.String(), ",")+"}"), strictjson.Document())
			require.NoError(t, err)
			text := fmt.Sprintf(`{%s"n%d":1,"new":1}`, b.String(), again)
			_, err = strictjson.Parse([]byte(text), strictjson.Document())
			assert.Equal(t, []string{fmt.Sprintf("/n%d duplicate-member", again)}, problems(t, err), "%d members", n)
		}
	}
}

// Twice is one problem, three times are two, few members or many.
func TestRepeatedOftener(t *testing.T) {
	for _, n := range []int{0, 13, 14, 15, 16, 30} {
		others := strings.Repeat(" ", n)
		for i := range n {
			others += fmt.Sprintf(`"n%d":0,`, i)
		}
		_, err := strictjson.Parse([]byte(`{`+others+`"a":1,"a":2,"a":3}`), strictjson.Document())
		assert.Equal(t, []string{"/a duplicate-member", "/a duplicate-member"}, problems(t, err), "%d others", n)
	}
}

func TestNamesAndTheirPlaces(t *testing.T) {
	for name, want := range map[string]string{
		`a`: "/a", ``: "/", `a/b`: "/a~1b", `m~n`: "/m~0n", `\u00e6`: "/æ", `\"`: `/"`, `12345`: "/12345", `1234567`: "/1234567",
		`00000000000`: "/[redacted]", `000000 00000`: "/[redacted]", `fnr-00000000000/x`: "/fnr-[redacted]~1x",
		"000000\u00a000000": "/[redacted]", `id=000000%2000000`: "/id=[redacted]", `000000%2d00000`: "/[redacted]", `000000%C2%A000000`: "/[redacted]",
	} {
		v, err := strictjson.Parse([]byte(`{"out":{"`+name+`":[1]}}`), strictjson.Document())
		require.NoError(t, err, name)
		inner := v.Members[0].Value.Members[0]
		assert.Equal(t, "/out"+want, inner.Value.Pointer())
		assert.Equal(t, "/out"+want+"/0", inner.Value.Items[0].Pointer())
		_, there := v.Members[0].Value.Member(inner.Name)
		assert.True(t, there)
	}
}
