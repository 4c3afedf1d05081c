package main

// progressView is progress as a page shows it, with a link to each thing that is missing.
type progressView struct {
	progress
	Missing []missingLink
	More    int
}

type missingLink struct{ Text, Href string }

// mostMissing is how much of what is missing a page shows at once; the rest comes when these are done.
const mostMissing = 5

func (m *form) view() progressView {
	v := progressView{progress: m.progress}
	for _, need := range m.progress.found.Missing {
		link := missingLink{Text: m.plainKinds(need.Text.In(m.lang))}
		if need.Requirement != "" {
			r, _ := m.file.set.Requirement(need.Requirement)
			link.Text = need.Requirement + " " + r.Title.In(m.lang) + ": " + link.Text
		}
		link.Href = m.href(need.Requirement, need.Fact)
		v.Missing = append(v.Missing, link)
	}
	v.More = max(len(v.Missing)-mostMissing, 0)
	v.Missing = v.Missing[:min(len(v.Missing), mostMissing)]
	return v
}

// href is where a requirement or a fact is answered; the overview where the form has no place for it.
func (m *form) href(requirement, fact string) string {
	if requirement == "" && fact == "" {
		return "/vendor/" + m.file.id + "/about"
	}
	section, anchor := m.where(requirement, fact)
	if section == "" {
		return "/vendor/" + m.file.id
	}
	return "/vendor/" + m.file.id + "/" + section + "#" + anchor
}

// links lead to requirements and facts by their ids.
func (m *form) links(ids []string) []missingLink {
	var out []missingLink
	for _, id := range ids {
		if r, known := m.file.set.Requirement(id); known {
			out = append(out, missingLink{id + " " + r.Title.In(m.lang), m.href(id, "")})
		} else if f, known := m.file.set.Fact(id); known {
			out = append(out, missingLink{f.Question.In(m.lang), m.href("", id)})
		}
	}
	return out
}
