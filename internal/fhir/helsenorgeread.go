package fhir

import "github.com/verktoykatalog/verktoy/internal/strictjson"

func place(list string, i int) string { return list + strictjson.Pointer(i) }

// labels reads the security labels, the sender and the inputs.
func (t Task) labels(h *HelsenorgeTask) {
	if t.Meta != nil {
		for _, c := range t.Meta.Security {
			switch {
			case c.System == SystemServiceArea:
				h.Area = c.Code
			case c.System == SystemSensitiveSender && c.Code == "1":
				h.SensitiveSender = true
			}
		}
	}
	for _, in := range t.Input {
		for _, c := range in.Type.Coding {
			if c.System == SystemTaskInput && c.Code == representation && in.ValueBoolean != nil {
				h.OnBehalf = *in.ValueBoolean
			}
		}
	}
	for _, o := range t.Contained {
		if t.Requester != nil && t.Requester.Reference == "#"+o.ID {
			o.sender(h)
		}
	}
}

func (o Organization) sender(h *HelsenorgeTask) {
	h.SenderName = o.Name
	for _, i := range o.Identifier {
		if i.System == SystemOrgNumber {
			h.SenderNumber = i.Value
		}
	}
	for _, c := range o.Telecom {
		if c.System == "phone" {
			h.SenderPhone = c.Value
		}
	}
}
