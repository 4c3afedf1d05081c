package approval

import "github.com/verktoykatalog/verktoy/internal/strictjson"

// ParseWaivers reads a JSON list of waivers, of at most 1 MiB: exact names, none
// twice and none that a waiver does not have. What is wrong comes at once in a
// [*RefusedError] of [ErrWaiver], with pointers into the list. Whether a waiver
// is complete and holds is not checked; see [Waiver.Check].
func ParseWaivers(data []byte) ([]Waiver, error) {
	v, err := strictjson.Parse(data, strictjson.Document())
	if err != nil {
		return nil, unreadWaivers(err)
	}
	list := []Waiver{}
	if err := v.Decode(&list); err != nil {
		return nil, unreadWaivers(err)
	}
	return list, nil
}

func unreadWaivers(err error) error {
	r := refusal{structural(err)}
	return r.err(ErrWaiver)
}
