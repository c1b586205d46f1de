-- How far the reviewers of each panel were apart: applications with at least two sheets, sum of the spreads, widest spread (points).
-- 各评审组评分分差：有两份以上评分表的项目数、分差之和、最大分差（分）。
SELECT b.call_id, b.panel, COUNT(r.spread) AS applications, SUM(r.spread) AS sum_of_spreads, MAX(r.spread) AS widest
FROM ranks r
JOIN current_bundles b ON b.bundle = r.bundle
WHERE r.spread IS NOT NULL
GROUP BY b.call_id, b.panel
ORDER BY b.call_id, b.panel;
