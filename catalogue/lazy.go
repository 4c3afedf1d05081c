package catalogue

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"sync"
)

// lazy makes a value when it is first asked for. All who ask get the same one.
type lazy[T any] struct {
	once  sync.Once
	value T
}

func (l *lazy[T]) get(make func() T) T {
	l.once.Do(func() { l.value = make() })
	return l.value
}

// rankingVersion is raised with every change of how words are read, matched or ordered: what was found before may differ from what is found now.
const rankingVersion = 2

// Generation is a short name for what the index answers: the same tools with the same [Options] have the same generation, in every process
// of one version of this package, and a change of any of them gives another. The first call reads all tools.
func (x *Index) Generation() string {
	return x.generation.get(func() string {
		content := struct {
			Ranking  int
			Synonyms []Synonyms `json:",omitempty"`
			Tools    []Tool     `json:",omitempty"`
		}{rankingVersion, x.options.Synonyms, x.tools}
		sum := sha256.New()
		// A hash takes all that is written, and tools hold nothing that cannot be written as JSON.
		_ = json.NewEncoder(sum).Encode(content)
		return base64.RawURLEncoding.EncodeToString(sum.Sum(nil)[:16])
	})
}

// Prepare makes now what the first [Index.Suggest], [Index.Generation] and search in the order of days would make, for programs that must not wait then. Call it
// before [Live.Swap]; calling it again does nothing.
func (x *Index) Prepare() {
	x.Generation()
	x.book()
	x.dayNumbers()
}
