package approval

import "slices"

// Longest explanation and most references of one answer.
const (
	longestExplanation = 4000
	mostReferences     = 50
)

// answersSchema leaves out what nobody can answer: requirements that are
// withdrawn and, for a vendor as a whole, those that concern a tool.
func (s *RequirementSet) answersSchema(m mode) object {
	properties := object{}
	for _, r := range s.Requirements {
		if !r.Withdrawn && (m != modeVendor || r.vendorWide()) {
			properties[r.ID] = r.schema(m, s.Tracked)
		}
	}
	return closed(properties)
}

// vendorWide requirements are answered once for all tools of a vendor.
func (r Requirement) vendorWide() bool { return slices.Equal(r.Scope, []string{"vendor"}) }

// schema of one answer. Each status has its own if and then: a oneOf would
// turn one wrong status into as many errors as there are alternatives.
func (r Requirement) schema(m mode, tracked bool) object {
	required := []string{"status"}
	if tracked && m != modeDraft {
		required = append(required, "answered")
	}
	o := closed(object{
		"status":      object{"type": "string", "enum": r.statuses()},
		"reason":      r.reasonSchema(),
		"explanation": object{"type": "string", "maxLength": longestExplanation},
		"due":         reference("Date"),
		"evidence": object{"type": "array", "uniqueItems": true, "maxItems": mostReferences,
			"items": object{"type": "string"}},
		"answered":  reference("Answered"),
		"inherited": r.inheritedSchema(m),
	}, required...)
	o["title"] = r.Title.In("en")
	o["allOf"] = r.byStatus(m)
	return o
}

// reference leads to a definition of the published schema.
func reference(name string) object { return object{"$ref": "#/$defs/" + name} }

// byStatus is what each status asks for and what it has no room for. A status
// that is not allowed asks for nothing: it is one mistake.
func (r Requirement) byStatus(m mode) []any {
	rules := []any{
		r.ifStatus(object{"properties": object{"reason": false, "due": false}}, Yes, No, Partial, Alternative),
		r.ifStatus(object{"properties": object{"due": false}}, NotApplicable),
		r.ifStatus(object{"properties": object{"reason": false}}, Planned),
	}
	if m != modeDraft {
		rules = append(rules,
			r.ifStatus(object{"required": []string{"reason"}}, NotApplicable),
			r.ifStatus(object{"required": []string{"due"}}, Planned),
			r.ifStatus(explained(), Partial, Planned, Alternative))
	}
	return slices.DeleteFunc(rules, func(rule any) bool { return rule == nil })
}

func explained() object {
	return object{"required": []string{"explanation"}, "properties": object{"explanation": object{"pattern": notBlank}}}
}

// ifStatus is nil if the answer can have none of the statuses.
func (r Requirement) ifStatus(then object, of ...Status) any {
	statuses := slices.DeleteFunc(r.statuses(), func(s string) bool { return !slices.Contains(of, Status(s)) })
	if len(statuses) == 0 {
		return nil
	}
	return object{
		"if":   object{"required": []string{"status"}, "properties": object{"status": object{"enum": statuses}}},
		"then": then,
	}
}

func (r Requirement) statuses() []string {
	all := []string{string(Yes), string(No)}
	for _, s := range r.Allowed {
		all = append(all, string(s))
	}
	if len(r.NotApplicable) > 0 {
		all = append(all, string(NotApplicable))
	}
	return all
}

// inheritedSchema is a schema or false: only a declaration about a tool inherits.
func (r Requirement) inheritedSchema(m mode) any {
	if m == modeVendor || !r.vendorWide() {
		return false
	}
	return reference("Origin")
}

func (r Requirement) reasonSchema() object {
	if len(r.NotApplicable) == 0 {
		return object{"type": "string"}
	}
	return object{"type": "string", "enum": r.reasons()}
}

func (r Requirement) reasons() []string {
	codes := make([]string, len(r.NotApplicable))
	for i, n := range r.NotApplicable {
		codes[i] = n.Code
	}
	return codes
}
