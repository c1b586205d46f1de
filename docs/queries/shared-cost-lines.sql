-- Cost lines of one name and one amount (万元) that several applications claim, in one call or in several.
-- 名称和金额（万元）相同、由两个以上项目列支的建设内容。
SELECT MIN(l.name) AS name, l.amount, COUNT(DISTINCT b.call_id || ' ' || l.application) AS applications
FROM cost_lines l
JOIN current_bundles b ON b.bundle = l.bundle
GROUP BY l.name_key, l.amount
HAVING COUNT(DISTINCT b.call_id || ' ' || l.application) > 1
ORDER BY name, l.amount;
