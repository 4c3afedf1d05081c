package approval

import (
	"github.com/verktoykatalog/verktoy/internal/strictjson"
)

// ParseFindings reads a JSON list of findings, of at most 1 MiB: exact names,
// none twice and none that a finding does not have; and each must be in its form
// ([Finding.Check]). What is wrong comes at once in a [*RefusedError] of
// [ErrFinding], with pointers into the list. Whether they count is not checked;
// [Input.Evaluate] says so.
func ParseFindings(data []byte) ([]Finding, error) {
	v, err := strictjson.Parse(data, strictjson.Document())
	if err != nil {
		return nil, unreadFindings(err)
	}
	list := []Finding{}
	if err := v.Decode(&list); err != nil {
		return nil, unreadFindings(err)
	}
	var r refusal
	for i := range list {
		list[i].faults(&r, strictjson.Pointer(i))
	}
	if err := r.err(ErrFinding); err != nil {
		return nil, err
	}
	return list, nil
}

func unreadFindings(err error) error {
	r := refusal{structural(err)}
	return r.err(ErrFinding)
}
